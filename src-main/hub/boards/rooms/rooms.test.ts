import { ulid } from 'ulid'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { paths } from '../../../../shared/hub-api/contract.ts'
import {
  decodePageUpdate,
  encodeFrame,
  encodePageUpdate,
  largestBody,
  type FrameKind,
} from '../../../../shared/hub-api/rooms.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import { openLiveAt, type LiveClient } from '../../replication/live-client.suite.ts'
import { membershipRecord, writeOffice, type Caller } from '../../testing/hub.ts'
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
} from '../board-town.suite.ts'

interface Window {
  readonly live: LiveClient
  readonly peer: number
  readonly channel: number
  send(kind: FrameKind, body: Uint8Array, peers?: readonly number[]): void
  /** Bodies that came, with their senders. */
  heard(kind: FrameKind): { from: number; body: string }[]
}

const channel = 7

async function liveOf(town: BoardTown, who: Caller): Promise<LiveClient> {
  const { body } = await who.tell<{ ticket: string }>('POST', paths.liveTicket, {})
  return openLiveAt(town.hub.origin, body.ticket)
}

async function enter(town: BoardTown, who: Caller, board: Board): Promise<Window> {
  const live = await liveOf(town, who)
  live.ask({ kind: 'enter', channel, board: board._id })
  const { peer } = await live.next('entered')
  return {
    ...{ live, peer, channel },
    send: (kind, body, peers = []) => live.send(encodeFrame({ channel, kind, peers, body })),
    heard: (kind) =>
      live.frames
        .filter((frame) => frame.kind === kind)
        .map(({ peers, body }) => ({ from: peers[0]!, body: Buffer.from(body).toString('latin1') })),
  }
}

const textBody = (words: string): Uint8Array => Buffer.from(words)
function updateBody(board: Board, words: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('elements').set(ulid(), words)
  return encodePageUpdate(board.pages[0]!, Y.encodeStateAsUpdate(doc))
}

async function startRoom() {
  const town = await startBoardTown()
  const board = await openBoard(town.ada, { agendaItem: 'agenda-item:i' })
  await expect.poll(() => isShownIn(town, 'org-planning', board)).toBe(true)
  return { town, board, ada: await enter(town, town.ada, board), ben: await enter(town, town.ben, board) }
}

test('what one draws reaches each of the others once, and is stored nowhere', async () => {
  const { town, board, ada, ben } = await startRoom()
  const clerk = await enter(town, town.clerk, board)
  const bodies = Array.from({ length: 50 }, (_, place) => updateBody(board, `Strich ${place}`))
  for (const body of bodies) ada.send('update', body)
  ada.send('glance', textBody('unter dem Stift'))
  const expected = bodies.map((body) => ({ from: ada.peer, body: Buffer.from(body).toString('latin1') }))
  for (const window of [ben, clerk]) {
    await expect.poll(() => window.heard('glance')).toEqual([{ from: ada.peer, body: 'unter dem Stift' }])
    expect(window.heard('update')).toEqual(expected)
  }
  expect(ada.live.frames).toEqual([])
  for (const audience of await town.hub.store.audiences()) expect(await drawnIn(town, audience)).toEqual([])
})

test('who gets it on another way does not get it twice, and what is for one reaches that one', async () => {
  const { town, board, ada, ben } = await startRoom()
  const clerk = await enter(town, town.clerk, board)
  ada.send('update', updateBody(board, 'Strich'), [ben.peer])
  ada.send('direct', textBody('nur Ben'), [ben.peer])
  await expect.poll(() => clerk.heard('update').length).toBe(1)
  await expect.poll(() => ben.heard('direct')).toEqual([{ from: ada.peer, body: 'nur Ben' }])
  expect([ben.heard('update'), clerk.heard('direct')]).toEqual([[], []])
})

test('those who are there know of each other, as the hub vouches for them', async () => {
  const { town, ada, ben } = await startRoom()
  const { who } = await ada.live.next('came')
  expect(who).toEqual({ peer: ben.peer, account: town.ben.session!.account.id, name: town.ben.session!.account.name })
  ben.live.close()
  expect((await ada.live.next('left')).peer).toBe(ben.peer)
})

test('who comes in is told the servers by which devices find each other', async () => {
  const iceServers = [{ urls: 'turn:turn.example.org', username: 'board', credential: 'secret' }]
  const town = await startBoardTown({ iceServers })
  const board = await openBoard(town.ada)
  await expect.poll(() => isShownIn(town, 'org-planning', board)).toBe(true)
  const live = await liveOf(town, town.ada)
  live.ask({ kind: 'enter', channel, board: board._id })
  expect((await live.next('entered')).iceServers).toEqual(iceServers)
})

test('a device of nobody who meets learns neither of the room nor of anything in it', async () => {
  const { town, board, ada } = await startRoom()
  const live = await liveOf(town, town.cem)
  const none = 'board:01J00000000000000000000009'
  for (const [asked, id] of [board._id, none].entries()) live.ask({ kind: 'enter', channel: asked, board: id })
  const answers = [await live.next('expelled'), await live.next('expelled')]
  expect(answers.map(({ because }) => because)).toEqual(['no-such-room', 'no-such-room'])
  ada.send('glance', textBody('geheim'))
  live.send(encodeFrame({ channel: 0, kind: 'glance', peers: [], body: textBody('fremd') }))
  live.ask({ kind: 'ping' })
  await live.next('pong')
  expect([live.frames, live.heard.length, ada.live.frames]).toEqual([[], 3, []])
  expect(ada.live.heard.filter(({ kind }) => kind === 'came')).toHaveLength(1)
})

const hostile: readonly [string, (window: Window, board: Board) => void, string][] = [
  [
    'no update',
    (window, board) => window.send('update', encodePageUpdate(board.pages[0]!, textBody('\u0001\u00ff\u00ff'))),
    'malformed',
  ],
  ['an update of no page', (window) => window.send('update', textBody('kurz')), 'malformed'],
  ['an unknown kind', (window) => window.live.send(Buffer.from([channel, 9, 0])), 'malformed'],
  ['a number without end', (window) => window.live.send(Buffer.alloc(20, 255)), 'malformed'],
  ['too large a body', (window) => window.send('glance', new Uint8Array(largestBody + 1)), 'malformed'],
  [
    'more than a person draws',
    (window) => {
      for (let count = 0; count < 2000; count++) window.send('glance', textBody('x'))
    },
    'too-much',
  ],
]
for (const [what, send, because] of hostile)
  test(`who sends ${what} is out, and the room goes on`, async () => {
    const { town, board, ada, ben } = await startRoom()
    const clerk = await enter(town, town.clerk, board)
    send(ben, board)
    expect((await ben.live.next('expelled')).because).toBe(because)
    expect((await ada.live.next('left')).peer).toBe(ben.peer)
    expect(ada.heard('update')).toEqual([])
    ada.send('update', updateBody(board, 'weiter'))
    await expect.poll(() => clerk.heard('update').length).toBe(1)
    expect(ben.heard('update')).toEqual([])
    ben.live.ask({ kind: 'enter', channel: 8, board: board._id })
    expect((await ben.live.next('entered')).others).toHaveLength(2)
  })

test('who is kept out of the item is out of the room before the next word', async () => {
  const { town, board, ada, ben } = await startRoom()
  await writeOffice(town.hub, itemRecord({ public: false, excluded: ['person:ben'] }))
  expect((await ben.live.next('expelled')).because).toBe('no-such-room')
  // Who is let in is known a moment later, and comes in again.
  await expect.poll(() => send(town.ada, 'circle-i', drawn(town.ada, board, 'Preis'))).toEqual([])
  const [inside, clerk] = [await enter(town, town.ada, board), await enter(town, town.clerk, board)]
  ada.send('update', updateBody(board, 'Grundstück von Ben'))
  inside.send('update', updateBody(board, 'Grundstück von Ben'))
  await expect.poll(() => clerk.heard('update').length).toBeGreaterThan(0)
  expect(ben.live.frames).toEqual([])
  ben.live.ask({ kind: 'enter', channel: 8, board: board._id })
  expect((await ben.live.next('expelled')).channel).toBe(8)
})

test('while somebody is kept out of the item that is on, the board of the meeting rests, and goes on after it', async () => {
  const town = await startBoardTown()
  await writeOffice(town.hub, itemRecord({ public: false }), itemRecord({ _id: 'agenda-item:j', public: false }))
  const log = await keepLog(town)
  const org = 'org-planning'
  const [board, ofOther] = [await openBoard(town.ada), await openBoard(town.ada, { agendaItem: 'agenda-item:j' })]
  for (const each of [board, ofOther]) await expect.poll(() => isShownIn(town, org, each)).toBe(true)
  await log(...closedPart, { kind: 'item-opened', item: 'agenda-item:i' })
  const [ada, ben] = [await enter(town, town.ada, board), await enter(town, town.ben, board)]
  ada.send('update', updateBody(board, 'für alle'))
  await expect.poll(() => ben.heard('update').length).toBe(1)

  await log({ kind: 'conflict-declared', person: 'person:ben', item: 'agenda-item:i', away: 'room' })
  const secret = drawn(town.ada, board, 'Grundstück von Ben')
  expect(await send(town.ada, org, secret, drawn(town.ada, ofOther, 'Preis'))).toEqual(['at-rest', 'at-rest'])
  for (const { live } of [ada, ben]) expect((await live.next('expelled')).because).toBe('at-rest')
  for (const kind of ['update', 'glance', 'direct'] as const)
    ada.send(kind, updateBody(board, 'Grundstück von Ben'), kind === 'direct' ? [ben.peer] : [])
  ben.live.ask({ kind: 'enter', channel: 8, board: board._id })
  expect(await ben.live.next('expelled')).toMatchObject({ channel: 8, because: 'at-rest' })
  expect([ben.heard('update').length, ben.heard('glance'), ben.heard('direct')]).toEqual([1, [], []])
  expect(await drawnIn(town, org)).toEqual([])

  const words = 'Grundstück von Ben'
  for (const by of [town.ada, town.clerk])
    for (const asked of [{ name: words }, { newPage: ulid() }, { presenter: by.session!.account.id }]) {
      const { status, body } = await by.tell<{ error: string }>('PATCH', paths.board(board._id), asked)
      expect([status, body.error]).toEqual([409, 'at-rest'])
    }
  const named = { id: `board:${ulid()}`, meeting: 'meeting:m', name: words, firstPage: ulid() }
  expect((await town.ada.ask('POST', paths.boards, named)).status).toBe(409)
  const known = (await (await town.hub.store.open('office')).get(board._id))!
  expect(await send(town.clerk, 'office', { ...known, name: words })).toEqual(['at-rest'])
  const { _rev, ...fresh } = known
  expect(await send(town.clerk, 'office', { ...fresh, _id: named.id, name: words })).toEqual(['at-rest'])
  for (const audience of ['office', org] as const) {
    const { rows } = await (await town.hub.store.open(audience)).list({ includeDocs: true })
    expect(rows.filter(({ doc }) => doc?.['name'] === words)).toEqual([])
  }

  const own = await vi.waitFor(() => openBoard(town.ada, { agendaItem: 'agenda-item:i' }), { timeout: 30_000 })
  await expect.poll(() => isShownIn(town, 'circle-i', own)).toBe(true)
  await expect.poll(() => send(town.ada, 'circle-i', drawn(town.ada, own, 'Preis'))).toEqual([])
  expect(await isShownIn(town, org, own)).toBe(false)

  await log({ kind: 'item-closed', item: 'agenda-item:i' })
  expect(await send(town.ada, org, drawn(town.ada, board, 'weiter'))).toEqual([])
  expect((await town.ada.ask('PATCH', paths.board(board._id), { name: 'Nachher' })).status).toBe(200)
  const [again, other] = [await enter(town, town.ada, board), await enter(town, town.ben, board)]
  again.send('update', updateBody(board, 'weiter'))
  await expect.poll(() => other.heard('update').length).toBe(1)
})

test('the end of a membership and a lost device end the room at once', async () => {
  const { town, ada, ben } = await startRoom()
  await writeOffice(town.hub, membershipRecord('ben', 'planning', { endDate: '2020-01-01' }))
  expect((await ben.live.next('expelled')).because).toBe('no-such-room')
  expect((await ada.live.next('left')).peer).toBe(ben.peer)
  const { id } = town.ada.session!.device
  expect((await town.ada.ask('DELETE', paths.device(id))).status).toBeLessThan(300)
  await ada.live.next('expelled')
})

test('where only one draws, the others’ updates go nowhere', async () => {
  const { town, board, ada, ben } = await startRoom()
  const lead = { mode: 'read-only', presenter: town.ada.session!.account.id }
  expect((await town.clerk.ask('PATCH', paths.board(board._id), lead)).status).toBe(200)
  await expect
    .poll(async () => (await (await town.hub.store.open('org-planning')).get(board._id))?.['mode'])
    .toBe('read-only')
  ben.send('update', updateBody(board, 'Ben'))
  ben.send('glance', textBody('zeigt'))
  ada.send('update', updateBody(board, 'Ada'))
  await expect.poll(() => ben.heard('update').length).toBe(1)
  await expect.poll(() => ada.heard('glance').length).toBe(1)
  expect(ada.heard('update')).toEqual([])
  expect(decodePageUpdate(Buffer.from(ben.heard('update')[0]!.body, 'latin1'))!.page).toBe(board.pages[0])
})

test('who does not keep up misses glances and is left to ordinary sync, and nobody waits for them', async () => {
  const { town, board, ada, ben } = await startRoom()
  const clerk = await enter(town, town.clerk, board)
  ben.live.pause()
  const doc = new Y.Doc()
  doc.getMap('elements').set('picture', new Uint8Array(200_000))
  const body = encodePageUpdate(board.pages[0]!, Y.encodeStateAsUpdate(doc))
  for (let sent = 1; sent <= 60; sent++) {
    ada.send('update', body)
    await expect.poll(() => clerk.heard('update').length, { interval: 20 }).toBeGreaterThan(sent - 8)
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (ada.live.heard.some(({ kind }) => kind === 'left')) break
  }
  expect((await ada.live.next('left')).peer).toBe(ben.peer)
  ben.live.resume()
  expect((await ben.live.next('expelled')).because).toBe('behind')
}, 30_000)
