import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { Board } from '../../../shared/council/records/index.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { membershipRecord, startTestHub, writeOffice, type TestHub } from '../testing/hub.ts'
import { auditPublication } from '../publisher/audit.ts'
import {
  drawn,
  drawnIn,
  isShownIn,
  itemRecord,
  meetingRecord,
  openBoard,
  send,
  startBoardTown,
} from './board-town.suite.ts'

const org = 'org-planning'
const ofItem = { agendaItem: 'agenda-item:i' as const }
const closed = itemRecord({ public: false })
const circled = itemRecord({ public: false, excluded: ['person:ben'] })

test('a member opens a board, others of the meeting see and draw, and nobody else learns of it', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada, ofItem)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ben, board, 'Rutsche')
  expect(await send(town.ben, org, update)).toEqual([])
  expect(await drawnIn(town, org)).toEqual([update._id])
  const foreign = drawn(town.cem, board, 'Fremd')
  expect(await send(town.cem, org, foreign)).toEqual(['404'])
  expect(await send(town.cem, 'org-council', foreign)).toEqual(['no-such-audience'])
  expect((await town.cem.ask('PATCH', paths.board(board._id), { name: 'Fremd' })).status).toBe(404)
  const asked = { id: `board:${ulid()}`, meeting: 'meeting:m', name: 'Fremd', firstPage: ulid() }
  expect((await town.cem.ask('POST', paths.boards, asked)).status).toBe(404)
  expect(await isShownIn(town, 'public', board)).toBe(false)
  expect(await auditPublication(town.hub.store)).toEqual([])
})

test('when the doors close on somebody, what is drawn goes to those let in, and no byte stays', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada, ofItem)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ben, board, 'Grundstück von Ben')
  await send(town.ben, org, update)
  await writeOffice(town.hub, closed)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  expect(await drawnIn(town, org)).toEqual([update._id])

  await writeOffice(town.hub, circled)
  await expect.poll(() => drawnIn(town, 'circle-i')).toEqual([update._id])
  await expect.poll(() => drawnIn(town, org)).toEqual([])
  expect(await isShownIn(town, org, board)).toBe(false)
  await expect.poll(async () => (await bytesOf(town.hub, org)).includes(update.update)).toBe(false)
  expect((await bytesOf(town.hub, 'circle-i')).includes(update.update)).toBe(true)

  expect(await send(town.ben, org, drawn(town.ben, board, 'Nachzügler'))).toEqual(['no-such-audience'])
  expect(await send(town.ben, 'circle-i', drawn(town.ben, board, 'Dennoch'))).toEqual(['404'])
  await expect.poll(() => send(town.ada, 'circle-i', drawn(town.ada, board, 'Preis'))).toEqual([])
  for (const path of ['_all_docs?include_docs=true', '_changes?include_docs=true&style=all_docs', update._id])
    expect(await (await town.ben.ask('GET', `${paths.database(org)}/${path}`)).text()).not.toContain(update.update)
  expect((await town.ben.ask('PATCH', paths.board(board._id), { name: 'Ben' })).status).toBe(404)
})

test('when they open again, everything is there for everybody again', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada, ofItem)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ben, board, 'Rutsche')
  await send(town.ben, org, update)
  await writeOffice(town.hub, circled)
  await expect.poll(() => drawnIn(town, org)).toEqual([])
  const inside = drawn(town.ada, board, 'Preis')
  await expect.poll(() => send(town.ada, 'circle-i', inside)).toEqual([])
  await writeOffice(town.hub, itemRecord())
  await expect.poll(() => drawnIn(town, org)).toEqual([update._id, inside._id].sort())
  expect(await drawnIn(town, 'circle-i')).toEqual([])
})

test('a board of what is withdrawn lies with the office alone', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ada, board, 'Skizze')
  await send(town.ada, org, update)
  await writeOffice(town.hub, meetingRecord({ publication: { state: 'withdrawn', step: 2 } }))
  await expect.poll(() => drawnIn(town, 'office')).toEqual([update._id])
  await expect.poll(() => drawnIn(town, org)).toEqual([])
  expect(await send(town.clerk, 'office', drawn(town.clerk, board, 'Weiter'))).toEqual([])
})

test('the board of a joint meeting is with every body, whoever draws', async () => {
  const town = await startBoardTown()
  await writeOffice(town.hub, meetingRecord({ organization: ['organization:planning', 'organization:council'] }))
  const board = await openBoard(town.ada)
  await expect.poll(() => isShownIn(town, 'org-council', board)).toBe(true)
  const [one, two] = [drawn(town.ada, board, 'Planung'), drawn(town.cem, board, 'Rat')]
  await send(town.ada, org, one)
  await send(town.cem, 'org-council', two)
  for (const audience of [org, 'org-council'] as const)
    await expect.poll(() => drawnIn(town, audience)).toEqual([one._id, two._id].sort())
})

test('who leads says whether the others draw, and hands over', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const change = async (by: typeof town.ada, asked: object): Promise<number> => {
    const { status, body } = await by.tell<Board>('PATCH', paths.board(board._id), asked)
    const stored = await (await town.hub.store.open('office')).get(board._id)
    if (status === 200) expect(body.mode).toBe(stored!['mode'])
    return status
  }
  const account = (of: typeof town.ada): string => of.session!.account.id
  expect(await change(town.ben, { mode: 'read-only' })).toBe(403)
  expect(await change(town.ada, { presenter: account(town.ben) })).toBe(403)
  expect(await change(town.ada, { presenter: account(town.ada) })).toBe(200)
  expect(await change(town.ada, { mode: 'read-only' })).toBe(200)
  const held = async () => (await (await town.hub.store.open(org)).get(board._id))?.['mode']
  await expect.poll(held).toBe('read-only')
  expect(await send(town.ben, org, drawn(town.ben, board, 'Ben'))).toEqual(['read-only'])
  expect(await send(town.ada, org, drawn(town.ada, board, 'Ada'))).toEqual([])
  expect(await change(town.ben, { presenter: account(town.ben) })).toBe(403)
  expect(await change(town.ada, { presenter: account(town.ben) })).toBe(200)
  expect(await change(town.ada, { newPage: ulid() })).toBe(403)
  expect(await change(town.ben, { newPage: ulid(), presenter: null, mode: 'write' })).toBe(200)
})

test('what is drawn becomes few updates, also outside the office', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const client = ulid()
  const many = Array.from({ length: 220 }, (_, clock) => drawn(town.ada, board, String(clock), client, clock))
  expect(await send(town.ada, org, ...many)).toEqual([])
  await expect.poll(async () => (await drawnIn(town, org)).length).toBe(1)
})

test('what a hub was stopped over is put right at its next start', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada, ofItem)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ada, board, 'Skizze')
  await send(town.ada, org, update)
  await writeOffice(town.hub, circled)
  await expect.poll(() => drawnIn(town, 'circle-i')).toEqual([update._id])
  const lost = await (await town.hub.store.open(org)).write([drawn(town.ben, board, 'Liegt falsch')])
  expect(lost[0]!.ok).toBe(true)
  await town.hub.stop()
  const again = { ...town, hub: await startTestHub({ folder: town.hub.folder }) }
  await expect.poll(async () => (await drawnIn(again, 'circle-i')).length).toBe(2)
  expect(await drawnIn(again, org)).toEqual([])
})

test('a membership that begins opens the board, and its end closes it', async () => {
  const town = await startBoardTown()
  const board = await openBoard(town.ada)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  await writeOffice(town.hub, membershipRecord('cem', 'planning', {}))
  await expect.poll(() => send(town.cem, org, drawn(town.cem, board, 'Neu'))).toEqual([])
  await writeOffice(town.hub, membershipRecord('cem', 'planning', { endDate: '2020-01-01' }))
  await expect.poll(() => send(town.cem, org, drawn(town.cem, board, 'Alt'))).toEqual(['404'])
})

/** Everything that the files of an audience hold. */
async function bytesOf(hub: TestHub, audience: Audience): Promise<string> {
  const names = await readdir(hub.folder, { recursive: true })
  const own = names.filter((name) => name.includes(audience))
  expect(own.length).toBeGreaterThan(0)
  return (await Promise.all(own.map((name) => readFile(join(hub.folder, name), 'latin1')))).join('')
}
