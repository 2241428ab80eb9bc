import { deleteDB } from 'idb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenCopy } from '../store/databases.ts'
import { openDeviceStore, type DeviceStore } from '../store/device-store.ts'
import { Outbox, type OutboxEntry } from './outbox.ts'
import { ancestryOf, reviseAs, type Revision } from './revision.ts'

const name = 'outbox-test'
const id = 'paper:1'
const open = { copy: { key: 'ada/office', audience: 'office' }, key: undefined } as unknown as OpenCopy

let store: DeviceStore
let outbox: Outbox
beforeEach(async () => {
  store = await openDeviceStore(name)
  outbox = new Outbox(store)
})
afterEach(async () => {
  store.close()
  await deleteDB(name)
})

/** As whoever edits the record: builds upon what the hub may have, and replaces what it was never sent. */
const edit = (title: string): Promise<void> =>
  outbox.inTurn(id, async () => {
    const waiting = outbox.get(id)
    const parent = waiting?.row.tried ? waiting.revisions[0] : waiting?.base
    await outbox.put(open, { revisions: [await reviseAs({ _id: id, name: title }, parent)], base: waiting?.base })
  })

const waitingNow = (): OutboxEntry => {
  const entry = outbox.get(id)
  if (!entry) throw new Error('Nothing waits')
  return entry
}
const nameOf = (entry: { revisions: readonly Revision[] } | undefined): unknown => entry?.revisions[0]?.['name']

/** What a next start finds. */
async function afterRestart(): Promise<unknown> {
  const next = new Outbox(store)
  await next.load([open])
  return nameOf(next.get(id))
}

test('an edit that is made while its record is being sent builds upon what was sent', async () => {
  await edit('first')
  const [sent] = await Promise.all([outbox.claim(outbox.entries), edit('second')])
  expect(sent.map(nameOf)).toEqual(['first'])
  expect(ancestryOf(waitingNow().revisions[0])).toContain(sent[0]?.revisions[0]._rev)
  expect(await afterRestart()).toBe('second')
})

test('what is about to be replaced by an edit is not sent any more', async () => {
  await edit('first')
  const due = outbox.entries
  const [, sent] = await Promise.all([edit('second'), outbox.claim(due)])
  expect(sent).toEqual([])
  expect(waitingNow().row.tried).toBe(false)
})

test.for(['settle', 'refuse'] as const)('an edit outlives the %s of what was sent before it', async (how) => {
  await edit('first')
  const [sent] = await outbox.claim(outbox.entries)
  if (!sent) throw new Error('Nothing was sent')
  const receipt = () => (how === 'settle' ? outbox.settle(sent) : outbox.refuse(sent, { reason: 'role' }))
  await Promise.all([edit('second'), receipt()])
  expect(nameOf(waitingNow())).toBe('second')
  expect(waitingNow().row.refusal).toBeUndefined()
  expect(await afterRestart()).toBe('second')
})

test('an edit outlives that what waits is read anew', async () => {
  await edit('first')
  await Promise.all([outbox.load([open]), edit('second')])
  expect(nameOf(waitingNow())).toBe('second')
  expect(outbox.entries).toHaveLength(1)
})
