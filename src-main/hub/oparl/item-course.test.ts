import { expect, it } from 'vitest'
import { closedItem, makeCouncil, openItem, openMeeting, say } from '../meetings/council.suite.ts'
import { Caller, startTestHub } from '../testing/hub.ts'
import { checkObject } from './walk.suite.ts'

const system = '/oparl/v1.1'
const pathOf = (id: string): string => `${system}/${id.replace(':', '/')}`

it('an item tells when it began and, once it is done, ended; that is a change of it, and closed ones tell nothing', async () => {
  let now = Date.parse('2026-12-01T12:00:00Z')
  const hub = await startTestHub({ now: () => now })
  const council = await makeCouncil(hub, { size: 1 })
  const everybody = new Caller(hub.origin)
  const item = async () => (await everybody.tell<Record<string, unknown>>('GET', pathOf(openItem))).body
  expect(await item()).not.toHaveProperty('start')

  now = Date.parse('2026-12-01T17:00:00Z')
  await openMeeting(council, { at: now })
  await expect.poll(item).toMatchObject({ start: '2026-12-01T17:00:00+00:00', modified: '2026-12-01T17:00:00+00:00' })
  expect(await item()).not.toHaveProperty('end')
  now += 20 * 60_000
  await say(council.chair, [{ kind: 'item-closed', item: openItem }, { kind: 'part-closed' }], { at: now })
  await say(council.chair, [{ kind: 'item-opened', item: closedItem }], { at: now })
  await expect.poll(item).toMatchObject({ start: '2026-12-01T17:00:00+00:00', end: '2026-12-01T17:20:00+00:00' })
  checkObject(await item())

  expect((await everybody.tell('GET', pathOf(closedItem))).status).toBe(404)
  const changed = `${system}/body/town/agenda-items?modified_since=2026-12-01T16:00:00Z`
  const { data } = (await everybody.tell<{ data: Record<string, unknown>[] }>('GET', changed)).body
  expect(data.map(({ id }) => id)).toEqual([(await item())['id']])
})
