import * as fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { sceneSchema } from '../../council/events/projection.ts'
import type { Deed } from '../../council/meeting-event.ts'
import { MeetingLog } from './log.ts'
import { projectionOf } from './projection.ts'
import { chairs, history, items, meetingId, opened, persons, prepared } from './testing/history.arbitrary.ts'

const [item, next, , contest, secret] = items as [string, string, string, string, string]
const [, , who] = persons as [string, string, string]
const screen = 'projector:1'
const show = (scene: Extract<Deed, { kind: 'scene-projected' }>['show'], projector = screen): Deed => ({
  ...{ kind: 'scene-projected', projector },
  show: scene,
})
const text = { scene: 'text', text: 'Pause bis 19 Uhr' } as const
const paper = { scene: 'paper', file: 'file:1', page: 3 } as const
const board = { scene: 'board', board: 'board:1', page: 2 } as const
const ask: Deed = { kind: 'speech-requested', speech: 'speech:1', item, speaker: { person: who }, form: 'speech' }
const vote = { kind: 'vote-opened', vote: 'vote:1', item, question: 'Dafür?', subject: 'resolution' } as const
const hands = { majority: 'simple', mode: 'hand', secret: false } as const

test('a screen follows the meeting: waiting, item, speaker, vote, result, pause, end', () => {
  const ready = prepared()
  const shown = () => projectionOf(ready.log.state, screen, true)
  expect(shown()).toEqual({ show: 'waiting' })
  chairs(ready, { kind: 'meeting-opened' })
  expect(shown()).toEqual({ show: 'meeting' })
  for (const deed of [{ kind: 'item-opened', item }, ask, { kind: 'speech-started', speech: 'speech:1' }] as Deed[])
    chairs(ready, deed)
  expect(shown()).toMatchObject({ item, speech: { speech: 'speech:1', status: 'speaking' } })
  chairs(ready, { kind: 'speech-stopped', speech: 'speech:1' })
  chairs(ready, { ...vote, ...hands })
  expect(shown()).toMatchObject({ item, vote: { vote: 'vote:1', status: 'open' } })
  chairs(ready, { kind: 'votes-counted', vote: 'vote:1', tally: { yes: 5, no: 3, abstain: 0, invalid: 0 } })
  chairs(ready, { kind: 'vote-closed', vote: 'vote:1' })
  expect(shown()).toMatchObject({ item, vote: { status: 'decided', finding: { outcome: 'accepted' } } })
  chairs(ready, { kind: 'item-opened', item: next })
  expect(shown()).toEqual({ show: 'meeting', item: next })
  chairs(ready, { kind: 'meeting-paused' })
  expect(shown()).toEqual({ show: 'paused' })
  chairs(ready, { kind: 'meeting-resumed' })
  chairs(ready, { kind: 'item-opened', item: contest })
  chairs(ready, {
    ...{ kind: 'election-opened', election: 'election:1', item: contest },
    ...{ office: 'Amt', mode: 'paper' },
  })
  expect(shown()).toMatchObject({ item: contest, election: { election: 'election:1' } })
  chairs(ready, { kind: 'meeting-closed' })
  expect(shown()).toEqual({ show: 'over' })
})

test('what is chosen holds for its screen until the chair lets it follow again or calls up another item', () => {
  const writers = opened()
  chairs(writers, { kind: 'item-opened', item })
  expect(chairs(writers, show(paper))).toBeUndefined()
  expect(chairs(writers, show(text, 'projector:2'))).toBeUndefined()
  const shown = (projector: string) => projectionOf(writers.log.state, projector, true).show
  expect(['projector:1', 'projector:2', 'projector:3'].map(shown)).toEqual(['paper', 'text', 'meeting'])
  expect(projectionOf(writers.log.state, screen, true)).toEqual({ show: 'paper', item, file: 'file:1', page: 3 })
  expect(chairs(writers, show(board))).toBeUndefined()
  expect(projectionOf(writers.log.state, screen, true)).toEqual({ show: 'board', item, board: 'board:1', page: 2 })
  chairs(writers, show({ scene: 'meeting' }))
  expect(shown(screen)).toBe('meeting')
  expect(chairs(writers, show({ scene: 'meeting' }))).toBe('no-effect')
  chairs(writers, { kind: 'item-opened', item: next })
  expect(shown('projector:2')).toBe('meeting')
})

test('no screen shows anything of the closed part, and what was chosen before does not come back after it', () => {
  const writers = opened()
  chairs(writers, { kind: 'item-opened', item })
  chairs(writers, show(paper))
  chairs(writers, { kind: 'item-closed', item })
  chairs(writers, show(text))
  chairs(writers, { kind: 'part-closed' })
  const shown = () => projectionOf(writers.log.state, screen, true)
  expect(shown()).toEqual({ show: 'closed-part' })
  chairs(writers, { kind: 'item-opened', item: secret })
  for (const scene of [paper, board, text, { scene: 'slate' }] as const)
    expect(chairs(writers, show(scene))).toBe('rules-forbid')
  expect(shown()).toEqual({ show: 'closed-part' })
  chairs(writers, { kind: 'item-closed', item: secret })
  chairs(writers, { kind: 'part-opened' })
  expect(shown()).toEqual({ show: 'meeting' })
})

test('a page is chosen of the item that is open, and by its right name', () => {
  const writers = opened()
  for (const scene of [paper, board]) expect(chairs(writers, show(scene))).toBe('not-open')
  const isScene = (scene: object): boolean => v.is(sceneSchema, scene)
  expect(isScene(board)).toBe(true)
  for (const wrong of [
    { board: 'file:1' },
    { board: 'board:' },
    { page: 0 },
    { page: 1.5 },
    { page: undefined },
    { key: 'A' },
  ])
    expect(isScene({ ...board, ...wrong })).toBe(false)
})

test('a screen without contact shows nothing of a running meeting: it cannot know whether the public is still in', () => {
  const writers = opened()
  chairs(writers, { kind: 'item-opened', item })
  chairs(writers, show(text))
  expect(projectionOf(writers.log.state, screen, false)).toEqual({ show: 'cut-off' })
  expect(projectionOf(prepared().log.state, screen, false)).toEqual({ show: 'waiting' })
})

test('in any course of any meeting, with wrong clocks and corrections, closed items never come on a screen', () => {
  const closed = items.slice(4)
  fc.assert(
    fc.property(history({ corrections: true, skew: true, malicious: true }), ({ events }) => {
      const log = new MeetingLog(meetingId)
      for (const event of events) {
        log.insert([event])
        const { state } = log
        for (const projector of [screen, 'projector:2']) {
          const projection = projectionOf(state, projector, true)
          const isRunning = state.phase === 'open' || state.phase === 'paused'
          if (isRunning && !state.public) expect(projection).toEqual({ show: 'closed-part' })
          const text = JSON.stringify(projection)
          for (const id of closed) expect(text).not.toContain(id)
        }
      }
    }),
    { numRuns: 60 },
  )
})
