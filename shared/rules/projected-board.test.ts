import { expect, test } from 'vitest'
import type { Deed } from '../council/meeting-event.ts'
import type { Board } from '../council/records/index.ts'
import { keyOverPage } from '../council/records/board.ts'
import { chairs, items, meetingId, opened } from './meeting/testing/history.arbitrary.ts'
import { projectedPage } from './projected-board.ts'

const [item, next] = items as [string, string]
const stamp = '2026-03-04T17:00:00Z'
const pages = ['1', '2'].map((key) => key.padStart(26, 'A'))
const sheet: Board = {
  ...{ _id: 'board:1', type: 'board', schema: 1, created: stamp, modified: stamp },
  ...{
    meeting: meetingId,
    agendaItem: item,
    name: 'Tafel',
    pages,
    mode: 'write',
  },
}
const projector = 'projector:1'
const show = (page = 1): Deed => ({
  ...{ kind: 'scene-projected', projector },
  show: { scene: 'board', board: sheet._id, page },
})

/** A meeting at whose open item a board is chosen, and what a screen shows of it as the records are. */
function chosen() {
  const writers = opened()
  for (const deed of [{ kind: 'item-opened', item } as const, show()]) expect(chairs(writers, deed)).toBeUndefined()
  return (board: Partial<Board> | undefined = {}, isPublic: (id: string) => boolean = () => true) =>
    projectedPage(writers.log.state, projector, { boardOf: () => board && { ...sheet, ...board }, isPublic })?.key
}

test('a screen shows the page of a board of the item that is open', () => {
  expect(chosen()()).toBe(pages[0])
  expect(projectedPage(opened().log.state, projector, { boardOf: () => sheet, isPublic: () => true })).toBeUndefined()
})

test('of a board over a paper it shows the page over that page, where everybody reads the paper', () => {
  const over = { file: 'file:1' } as const
  expect(chosen()(over)).toBe(keyOverPage(1))
  expect(chosen()(over, (id) => id !== over.file)).toBeUndefined()
})

test('no board of another item or meeting, of the whole meeting, or of an item that not everybody reads', () => {
  const shown = chosen()
  const wrong: Partial<Board>[] = [
    { agendaItem: next },
    { agendaItem: undefined },
    { meeting: 'meeting:other' },
    { pages: [] },
  ]
  for (const board of wrong) expect(shown(board)).toBeUndefined()
  expect(shown({}, () => false)).toBeUndefined()
  expect(
    projectedPage(opened().log.state, projector, { boardOf: () => undefined, isPublic: () => true }),
  ).toBeUndefined()
})

test('no board of an item that was dealt with behind closed doors as well', () => {
  const writers = opened()
  for (const deed of [{ kind: 'item-opened', item } as const, show()]) chairs(writers, deed)
  const { state } = writers.log
  const shown = (agenda: typeof state.agenda) =>
    projectedPage({ ...state, agenda }, projector, { boardOf: () => sheet, isPublic: () => true })
  expect(shown(state.agenda)).toBeDefined()
  const before = { from: state.parts[0]!.from - 60_000, to: state.parts[0]!.from - 30_000 }
  expect(
    shown(state.agenda.map((entry) => (entry.item === item ? { ...entry, spans: [before, ...entry.spans] } : entry))),
  ).toBeUndefined()
})
