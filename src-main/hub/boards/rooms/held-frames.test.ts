import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeFrame, encodePageUpdate, type RoomTell } from '../../../../shared/hub-api/rooms.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import type { ItemOn } from '../../../../shared/rules/board.ts'
import type { RoomGuest } from '../../live-rooms.ts'
import { BoardRests } from '../board-rests.ts'
import type { BoardPlaces } from '../board-places.ts'
import { BoardRooms } from './board-rooms.ts'

const page = '01J00000000000000000000001'
const board = {
  ...{ _id: 'board:b', type: 'board', schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' },
  ...{ meeting: 'meeting:m', name: 'Tafel', pages: [page], mode: 'write' },
} as Board
const quiet: ItemOn = { current: undefined, agenda: [] }
const withoutBen = {
  current: 'agenda-item:i',
  agenda: [{ item: 'agenda-item:i', public: false, conflicts: [{ person: 'person:ben' }] }],
} as unknown as ItemOn

class Guest implements RoomGuest {
  readonly principal
  readonly name: string
  readonly backlog = 0
  readonly told: RoomTell[] = []
  readonly frames: Uint8Array[] = []

  constructor(name: string) {
    this.name = name
    this.principal = {
      ...{ account: name, person: null, roles: ['member'] as const },
      ...{ organizations: ['organization:planning'], factions: [] },
    }
  }
  tell(tell: RoomTell): void {
    this.told.push(tell)
  }
  send(frame: Uint8Array): void {
    this.frames.push(frame)
  }
}

function drawing(): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('elements').set(ulid(), 'Preis')
  const body = encodePageUpdate(page, Y.encodeStateAsUpdate(doc))
  return encodeFrame({ channel: 1, kind: 'update', peers: [], body })
}

/** Two people at a board, over a log that is stored and read when the test says so. */
async function startRoom() {
  let read: () => Promise<ItemOn> = () => Promise.resolve(quiet)
  let hear: (meeting: string, state: ItemOn) => void = () => undefined
  const rests = new BoardRests({ stateOf: () => read(), onState: (listener) => (hear = listener) }, () => undefined)
  const places = { boardNow: () => board, audiencesOf: () => ['org-planning'] } as unknown as BoardPlaces
  const rooms = new BoardRooms({ places, rests, log: console, iceServers: [], now: () => 0 })
  rests.onChange(() => rooms.recheck())
  rests.onSettled(() => rooms.flush())
  const [ada, ben] = [new Guest('ada'), new Guest('ben')]
  const desks = [rooms.receive(ada), rooms.receive(ben)] as const
  for (const desk of desks) desk.hear({ kind: 'enter', channel: 1, board: board._id })
  await expect.poll(() => ben.told.map(({ kind }) => kind)).toEqual(['entered'])
  const { promise: stored, resolve: store } = Promise.withResolvers<void>()
  const settled = rests.expect(board.meeting, stored)
  return {
    ...{ ada, ben, desk: desks[0], settled },
    /** The log holds something new: what it says, or that it cannot be read. */
    end: (state: ItemOn | undefined) => {
      read = () => {
        if (!state) return Promise.reject(new Error('unreadable'))
        hear(board.meeting, state)
        return Promise.resolve(state)
      }
      store()
      return settled
    },
  }
}

test('what is sent while an event is being stored waits, and nobody gets it when the event keeps somebody out', async () => {
  const { ada, ben, desk, end } = await startRoom()
  desk.take(drawing())
  expect(ben.frames).toEqual([])
  await end(withoutBen)
  desk.take(drawing())
  expect([ben.frames, ada.told.at(-1), ben.told.at(-1)]).toEqual([
    [],
    { kind: 'expelled', channel: 1, because: 'at-rest' },
    { kind: 'expelled', channel: 1, because: 'at-rest' },
  ])
})

test('what waited goes on in its order when the event keeps nobody out', async () => {
  const { ben, desk, end } = await startRoom()
  const sent = [drawing(), drawing(), drawing()]
  for (const frame of sent) desk.take(frame)
  expect(ben.frames).toEqual([])
  await end(quiet)
  const bodies = (frames: readonly Uint8Array[]): string[] =>
    frames.map((frame) => Buffer.from(frame).toString('latin1').slice(-60))
  expect(bodies(ben.frames)).toEqual(bodies(sent))
  desk.take(drawing())
  expect(ben.frames).toHaveLength(4)
})

test('a log that cannot be read lets nothing through', async () => {
  const { ben, desk, end } = await startRoom()
  desk.take(drawing())
  await end(undefined)
  desk.take(drawing())
  expect(ben.frames).toEqual([])
})
