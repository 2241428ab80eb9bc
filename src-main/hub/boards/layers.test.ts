import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { keyOverPage } from '../../../shared/council/records/board.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { Board } from '../../../shared/council/records/index.ts'
import { encodeFrame } from '../../../shared/hub-api/rooms.ts'
import { auditPublication } from '../publisher/audit.ts'
import { openLiveAt } from '../replication/live-client.suite.ts'
import { writeOffice, type Caller } from '../testing/hub.ts'
import {
  closedPart,
  drawn,
  drawnIn,
  isShownIn,
  itemRecord,
  keepLog,
  openBoard,
  send,
  startBoardTown,
  type BoardTown,
} from './board-town.suite.ts'

const org = 'org-planning'
const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
const digest = (letter: string): string => letter.repeat(128)
const fileRecord = (key: string, more: object = {}) => ({
  ...{ ...stamp, _id: `file:${key}`, type: 'file', name: `Plan ${key}`, fileName: 'plan.pdf' },
  ...{ mimeType: 'application/pdf', size: 1, sha512: digest('a'), ...more },
})
const paperRecord = (more: object = {}) => ({
  ...{ ...stamp, _id: 'paper:p', type: 'paper', term: 'legislative-term:t', name: 'Plan', mainFile: 'file:plan' },
  ...{ public: false, publication: { state: 'published', step: 1 }, ...more },
})
const consultationRecord = {
  ...{ ...stamp, _id: 'consultation:c', type: 'consultation', paper: 'paper:p', term: 'legislative-term:t' },
  ...{ meeting: 'meeting:m', agendaItem: 'agenda-item:i', organization: ['organization:planning'] },
}
const overPlan = { agendaItem: 'agenda-item:i', file: 'file:plan', sha512: digest('a') } as const

/** A town with a paper of its item that those who meet read. */
async function startPaperTown(): Promise<BoardTown> {
  const town = await startBoardTown()
  await writeOffice(town.hub, fileRecord('plan'), paperRecord(), consultationRecord)
  return town
}

/** What the hub answers to whoever opens a board. */
async function statusOf(by: Caller, more: object): Promise<number> {
  const asked = { id: `board:${ulid()}`, meeting: 'meeting:m', name: 'Plan', firstPage: keyOverPage(1), ...more }
  return (await by.ask('POST', paths.boards, asked)).status
}

const nameIn = async ({ hub }: BoardTown, board: Board): Promise<unknown> =>
  (await (await hub.store.open(org)).get(board._id))?.['name']

test('whoever opens the same version of a paper at the same item is at the same board', async () => {
  const town = await startPaperTown()
  const [one, two] = await Promise.all([openBoard(town.ada, overPlan), openBoard(town.ben, overPlan)])
  expect(one._id).toBe(two._id)
  expect(one).toMatchObject({ ...overPlan, pages: [keyOverPage(1)] })
  const { agendaItem: _, ...ofMeeting } = overPlan
  expect((await openBoard(town.ada, ofMeeting))._id).not.toBe(one._id)
  expect((await openBoard(town.ada, { agendaItem: 'agenda-item:i' }))._id).not.toBe(one._id)
  expect((await town.ada.ask('PATCH', paths.board(one._id), { newPage: ulid() })).status).toBe(409)
})

test('another version of the paper begins empty, and the old board stays with the old version', async () => {
  const town = await startPaperTown()
  const board = await openBoard(town.ada, overPlan)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ben, board, 'Zufahrt')
  expect(await send(town.ben, org, update)).toEqual([])
  await writeOffice(town.hub, fileRecord('new', { sha512: digest('b') }))
  await writeOffice(town.hub, paperRecord({ mainFile: 'file:new', auxiliaryFile: ['file:plan'] }))
  const next = await openBoard(town.ada, { ...overPlan, file: 'file:new', sha512: digest('b') })
  expect(next._id).not.toBe(board._id)
  await expect.poll(() => isShownIn(town, org, next)).toBe(true)
  expect(await drawnIn(town, org)).toEqual([update._id])
  expect(await isShownIn(town, org, board)).toBe(true)
})

test('with the file, or its version, what was drawn over it leaves those who read it no longer', async () => {
  const town = await startPaperTown()
  const board = await openBoard(town.ada, overPlan)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const update = drawn(town.ada, board, 'Grundstück')
  await send(town.ada, org, update)
  await writeOffice(town.hub, fileRecord('plan', { sha512: digest('b') }))
  await expect.poll(() => drawnIn(town, 'office')).toEqual([update._id])
  await expect.poll(() => drawnIn(town, org)).toEqual([])
  await expect.poll(() => nameIn(town, board)).toBeUndefined()
  expect(await send(town.ada, org, drawn(town.ada, board, 'Nachzügler'))).toEqual(['no-such-audience'])
  expect((await town.ada.ask('PATCH', paths.board(board._id), { name: 'Ada' })).status).toBe(404)
  await writeOffice(town.hub, fileRecord('plan'))
  await expect.poll(() => drawnIn(town, org)).toEqual([update._id])
  await writeOffice(town.hub, paperRecord({ publication: { state: 'withdrawn', step: 2 } }))
  await expect.poll(() => drawnIn(town, org)).toEqual([])
  expect(await auditPublication(town.hub.store)).toEqual([])
})

test('whoever is kept out of the item gets neither the board, nor its name, nor what is drawn', async () => {
  const town = await startPaperTown()
  const [ofItem, ofMeeting] = [
    await openBoard(town.ada, overPlan),
    await openBoard(town.ada, { file: overPlan.file, sha512: overPlan.sha512, name: 'Plan für alle' }),
  ]
  await expect.poll(() => isShownIn(town, org, ofMeeting)).toBe(true)
  const updates = [drawn(town.ada, ofItem, 'Preis'), drawn(town.ada, ofMeeting, 'Zufahrt')]
  expect(await send(town.ada, org, ...updates)).toEqual([])
  await writeOffice(town.hub, itemRecord({ public: false, excluded: ['person:ben'] }))
  await expect.poll(() => drawnIn(town, 'circle-i')).toEqual([updates[0]!._id])
  // The paper is for the circle alone now, the meeting is not.
  await expect.poll(() => drawnIn(town, 'office')).toEqual([updates[1]!._id])
  await expect.poll(() => drawnIn(town, org)).toEqual([])
  const held = await (await town.ben.ask('GET', `${paths.database(org)}/_all_docs?include_docs=true`)).text()
  for (const word of ['Plan', ...updates.map(({ update }) => update)]) expect(held).not.toContain(word)
  for (const board of [ofItem, ofMeeting])
    expect((await town.ben.ask('PATCH', paths.board(board._id), { name: 'Ben' })).status).toBe(404)
  expect(await statusOf(town.ben, overPlan)).toBe(404)
  expect(await statusOf(town.ben, { file: overPlan.file, sha512: overPlan.sha512 })).toBe(404)
})

test('nobody opens a board over a file that they do not read, or over what is none', async () => {
  const town = await startPaperTown()
  await writeOffice(town.hub, fileRecord('secret'))
  expect(await statusOf(town.ada, { file: 'file:secret', sha512: digest('a') })).toBe(404)
  expect(await statusOf(town.ada, { file: 'file:plan', sha512: digest('b') })).toBe(404)
  expect(await statusOf(town.ada, { file: 'file:plan' })).toBe(404)
  expect(await statusOf(town.cem, overPlan)).toBe(404)
  expect(await statusOf(town.ada, { file: 'file:plan', sha512: 'a' })).toBe(400)
  expect(await statusOf(town.ada, overPlan)).toBe(200)
})

test('over a paper nobody draws either while an item is on from which somebody is kept out', async () => {
  const town = await startPaperTown()
  const board = await openBoard(town.ada, { file: overPlan.file, sha512: overPlan.sha512 })
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  await writeOffice(town.hub, itemRecord({ _id: 'agenda-item:j', public: false, excluded: ['person:ben'] }))
  const happen = await keepLog(town)
  await happen(...closedPart, { kind: 'item-opened', item: 'agenda-item:j' })
  expect(await send(town.ada, org, drawn(town.ada, board, 'Preis'))).toEqual(['at-rest'])
  expect((await town.ada.ask('PATCH', paths.board(board._id), { name: 'Preis' })).status).toBe(409)
})

test('over the socket, too, who reads the paper no longer is out and hears nothing more of it', async () => {
  const town = await startPaperTown()
  const board = await openBoard(town.ada, overPlan)
  await expect.poll(() => isShownIn(town, org, board)).toBe(true)
  const enter = async (who: Caller) => {
    const { body } = await who.tell<{ ticket: string }>('POST', paths.liveTicket, {})
    const live = await openLiveAt(town.hub.origin, body.ticket)
    live.ask({ kind: 'enter', channel: 7, board: board._id })
    return live
  }
  const [ada, ben] = [await enter(town.ada), await enter(town.ben)]
  for (const live of [ada, ben]) await live.next('entered')
  expect((await (await enter(town.cem)).next('expelled')).because).toBe('no-such-room')
  await writeOffice(town.hub, itemRecord({ public: false, excluded: ['person:ben'] }))
  expect((await ben.next('expelled')).because).toBe('no-such-room')
  ada.send(encodeFrame({ channel: 7, kind: 'glance', peers: [], body: Buffer.from('Preis') }))
  expect((await (await enter(town.ben)).next('expelled')).because).toBe('no-such-room')
  expect(ben.frames).toEqual([])
})
