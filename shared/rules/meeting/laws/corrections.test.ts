import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeOfEvent, type Deed, type MeetingEvent } from '../../../council/meeting-event.ts'
import {
  causeOf,
  chair,
  clerk,
  history,
  items,
  members,
  opened,
  persons,
  type Writers,
} from '../testing/history.arbitrary.ts'
import { reduceMeeting } from '../log.ts'
import { progressOf } from '../progress.ts'
import type { Span } from '../state.ts'

const [ordinary, second] = items as [string, string]
const hour = 3_600_000

/** Says that an event happened so many milliseconds before it was written, and why that was refused. */
const putBack = (writers: Writers, event: MeetingEvent, ms: number, by = chair) =>
  causeOf(
    writers,
    writers.do(by, {
      ...{ kind: 'corrected', replaces: event._id },
      ...{ instead: event.body as Deed, at: timeOfEvent(event) - ms },
    }),
  )

describe('corrections', () => {
  test('can be corrected themselves, and taken back', () => {
    const writers = opened()
    const note = writers.do(clerk, { kind: 'note-added', text: 'eins' })
    const first = writers.do(clerk, {
      kind: 'corrected',
      replaces: note._id,
      instead: { kind: 'note-added', text: 'zwei' },
    })
    const notes = () => writers.log.state.notes.map(({ text }) => text)
    expect(notes()).toEqual(['zwei'])
    const second = writers.do(clerk, {
      kind: 'corrected',
      replaces: first._id,
      instead: { kind: 'note-added', text: 'drei' },
    })
    expect(notes()).toEqual(['drei'])
    writers.do(clerk, { kind: 'corrected', replaces: second._id })
    expect(notes()).toEqual(['zwei'])
    writers.do(clerk, { kind: 'corrected', replaces: first._id })
    expect(notes()).toEqual(['eins'])
    writers.do(clerk, { kind: 'corrected', replaces: note._id })
    expect(notes()).toEqual([])
  })

  test('that would do what their author may not are refused, and what they replace holds', () => {
    const writers = opened()
    const speech = { kind: 'speech-requested', speech: 'speech:1', item: ordinary, form: 'speech' } as const
    const own = writers.do(members[5]!, { ...speech, speaker: { person: persons[5]! } })
    const escalation = writers.do(members[5]!, {
      kind: 'corrected',
      replaces: own._id,
      instead: { kind: 'meeting-closed' },
    })
    const foreign = writers.do(members[5]!, {
      ...{ kind: 'corrected', replaces: own._id },
      instead: { ...speech, speaker: { person: persons[6]! } },
    })
    expect([causeOf(writers, escalation), causeOf(writers, foreign)]).toEqual(['not-allowed', 'not-yours'])
    expect(writers.log.state.speeches.get('speech:1')?.speaker).toEqual({ person: persons[5] })
    expect(writers.log.state.phase).toBe('open')
  })

  test('ten thousand in a row do not stop a device', () => {
    const writers = opened()
    const begin = writers.do(clerk, { kind: 'note-added', text: 'Anfang' })
    let replaces = begin._id
    const chain = Array.from({ length: 10_000 }, (_, index) => {
      const event = writers.write(clerk, {
        kind: 'corrected',
        replaces,
        instead: { kind: 'note-added', text: `${index}` },
      })
      replaces = event._id
      return event
    })
    writers.log.insert(chain)
    expect(writers.log.state.notes.map(({ text }) => text)).toEqual(['9999'])
    const backAndForth = Array.from({ length: 10_000 }, () => {
      const event = writers.write(clerk, { kind: 'corrected', replaces })
      replaces = event._id
      return event
    })
    writers.log.insert(backAndForth)
    expect(writers.log.state.notes.map(({ text }) => text)).toEqual(['9999'])
  })
})

describe('corrections of a time', () => {
  test('change when something was, and leave it where it stands in the log', () => {
    const writers = opened()
    writers.pass(10 * 60_000)
    const begun = writers.do(chair, { kind: 'item-opened', item: ordinary })
    writers.do(chair, { kind: 'note-added', text: 'Danach', item: ordinary })
    const before = writers.log.state
    expect(putBack(writers, begun, 5 * 60_000)).toBeUndefined()
    const { state } = writers.log
    expect(state.agenda[0]?.spans).toEqual([{ from: timeOfEvent(begun) - 5 * 60_000 }])
    expect({ ...state, agenda: before.agenda, corrections: before.corrections }).toEqual(before)
  })

  test('go no further than the opening and twelve hours back, and never forward', () => {
    const writers = opened()
    writers.pass(14 * hour)
    const begun = writers.do(chair, { kind: 'item-opened', item: ordinary })
    expect([-1, 12 * hour + 1, 15 * hour].map((ms) => putBack(writers, begun, ms))).toEqual([
      ...['implausible', 'implausible', 'implausible'],
    ])
    expect(putBack(writers, begun, 12 * hour)).toBeUndefined()
    const early = opened()
    early.pass(60_000)
    const soon = early.do(chair, { kind: 'item-opened', item: ordinary })
    const since = timeOfEvent(soon) - (early.log.state.opened ?? 0)
    expect([since + 1, since].map((ms) => putBack(early, soon, ms))).toEqual(['implausible', undefined])
  })

  test('are for who presides, and say what holds', () => {
    const writers = opened()
    const own = writers.do(members[5]!, { kind: 'person-left', person: persons[5]! })
    expect(putBack(writers, own, 10, members[5])).toBe('not-allowed')
    expect(causeOf(writers, writers.do(chair, { kind: 'corrected', replaces: own._id, at: timeOfEvent(own) }))).toBe(
      'implausible',
    )
  })

  test('never make two speeches, stays, pauses or items of one time', () => {
    const writers = opened()
    const speak = (speech: string, person: string) => {
      writers.do(chair, { kind: 'speech-requested', speech, item: null, speaker: { person }, form: 'speech' })
      writers.pass(60_000)
      const begun = writers.do(chair, { kind: 'speech-started', speech })
      writers.pass(60_000)
      return [begun, writers.do(chair, { kind: 'speech-stopped', speech })] as const
    }
    const [, firstEnd] = speak('speech:1', persons[3]!)
    const [begun, end] = speak('speech:2', persons[4]!)
    const gap = timeOfEvent(begun) - timeOfEvent(firstEnd)
    expect(putBack(writers, begun, gap + 1)).toBe('implausible')
    expect(putBack(writers, begun, gap)).toBeUndefined()
    expect(putBack(writers, end, timeOfEvent(end) - timeOfEvent(firstEnd) + 1)).toBe('implausible')

    const left = writers.do(chair, { kind: 'person-left', person: persons[3]! })
    writers.pass(60_000)
    const back = writers.do(chair, { kind: 'person-arrived', person: persons[3]!, mode: 'room', by: 'list' })
    expect(putBack(writers, back, timeOfEvent(back) - timeOfEvent(left) + 1)).toBe('implausible')
    expect(putBack(writers, back, timeOfEvent(back) - timeOfEvent(left))).toBeUndefined()

    const paused = writers.do(chair, { kind: 'meeting-paused' })
    writers.pass(60_000)
    const resumed = writers.do(chair, { kind: 'meeting-resumed' })
    expect(putBack(writers, resumed, timeOfEvent(resumed) - timeOfEvent(paused) + 1)).toBe('implausible')

    const first = writers.do(chair, { kind: 'item-opened', item: ordinary })
    const closed = writers.do(chair, { kind: 'item-closed', item: ordinary })
    const next = writers.do(chair, { kind: 'item-opened', item: second })
    expect(putBack(writers, closed, timeOfEvent(closed) - timeOfEvent(first) + 1)).toBe('implausible')
    expect(putBack(writers, next, timeOfEvent(next) - timeOfEvent(closed) + 1)).toBe('implausible')
  })

  test('leave every list of spans in order, whatever else was corrected', () => {
    const inOrder = (spans: readonly Span[]): boolean =>
      spans.every(({ from, to }, place) => from <= (to ?? Infinity) && (spans[place - 1]?.to ?? 0) <= from)
    fc.assert(
      fc.property(history({ malicious: true, corrections: true, skew: true }), ({ meeting, events }) => {
        const { speeches, attendance, agenda, pauses, parts } = reduceMeeting(meeting, events)
        const lists = [
          ...[pauses, parts],
          ...[...speeches.values()].map(({ spans }) => spans),
          ...[...attendance.values()].map(({ stays }) => stays),
          ...agenda.map(({ spans }) => spans),
        ]
        expect(lists.filter((spans) => !inOrder(spans))).toEqual([])
      }),
    )
  })
})

describe('what was done behind closed doors stays there', () => {
  /** The public goes, the council votes on a public item, elects on another, and the public comes back. */
  function behindDoors() {
    const writers = opened()
    const closing = writers.do(chair, { kind: 'part-closed' })
    writers.do(chair, { kind: 'item-opened', item: ordinary })
    writers.pass(60_000)
    const vote = { kind: 'vote-opened', vote: 'vote:1', item: ordinary, question: 'Geheim?' } as const
    writers.do(chair, { ...vote, subject: 'resolution', majority: 'simple', mode: 'hand', secret: false })
    writers.do(chair, { kind: 'vote-closed', vote: 'vote:1' })
    writers.do(chair, {
      ...{ kind: 'votes-counted', vote: 'vote:1' },
      tally: { yes: 5, no: 0, abstain: 0, invalid: 0 },
    })
    writers.do(chair, { kind: 'election-opened', election: 'election:1', item: ordinary, office: 'Amt', mode: 'paper' })
    writers.do(chair, {
      ...{ kind: 'candidate-nominated', election: 'election:1' },
      candidate: { candidate: 'candidate:1', name: 'Verborgen' },
    })
    writers.pass(60_000)
    const opening = writers.do(chair, { kind: 'part-opened' })
    return { writers, closing, opening }
  }
  const published = ({ log }: Writers) => JSON.stringify(progressOf(log.state, () => true))

  test('when the public is said to have come back earlier', () => {
    const { writers, closing, opening } = behindDoors()
    expect(published(writers)).not.toMatch(/Geheim|Verborgen/)
    expect(putBack(writers, opening, timeOfEvent(opening) - timeOfEvent(closing))).toBeUndefined()
    expect(writers.log.state.parts.at(-1)).toEqual({ public: true, from: timeOfEvent(closing) })
    expect(published(writers)).not.toMatch(/Geheim|Verborgen/)
  })

  test('when it is said afterwards that the public never went', () => {
    const { writers, closing } = behindDoors()
    writers.do(chair, { kind: 'corrected', replaces: closing._id })
    expect(writers.log.state.parts).toEqual([expect.objectContaining({ public: true })])
    expect(published(writers)).not.toMatch(/Geheim|Verborgen/)
  })

  test('when it was let in by somebody who may not, which is put right afterwards', () => {
    const writers = opened()
    writers.do(chair, { kind: 'item-opened', item: ordinary })
    writers.do(chair, { kind: 'part-closed' })
    const opening = writers.do(members.at(-1)!, { kind: 'part-opened' })
    const vote = { kind: 'vote-opened', vote: 'vote:1', item: ordinary, question: 'Geheim?' } as const
    writers.do(chair, { ...vote, subject: 'resolution', majority: 'simple', mode: 'hand', secret: false })
    expect(putBack(writers, opening, 0)).toBeUndefined()
    expect(writers.log.state).toMatchObject({ public: true, votes: new Map([['vote:1', expect.anything()]]) })
    expect(published(writers)).not.toMatch(/Geheim/)
  })

  test('when it is said that the public did not come back, and then that it did', () => {
    const writers = opened()
    writers.do(chair, { kind: 'item-opened', item: ordinary })
    writers.do(chair, { kind: 'part-closed' })
    const opening = writers.do(chair, { kind: 'part-opened' })
    writers.do(chair, { kind: 'corrected', replaces: opening._id })
    const vote = { kind: 'vote-opened', vote: 'vote:1', item: ordinary, question: 'Geheim?' } as const
    writers.do(chair, { ...vote, subject: 'resolution', majority: 'simple', mode: 'hand', secret: false })
    expect(putBack(writers, opening, 0)).toBeUndefined()
    expect(writers.log.state).toMatchObject({ public: true, votes: new Map([['vote:1', expect.anything()]]) })
    expect(published(writers)).not.toMatch(/Geheim/)
  })

  test('when the public goes while an election is under way on an item that it was there for', () => {
    const writers = opened()
    writers.do(chair, { kind: 'item-opened', item: ordinary })
    writers.do(chair, { kind: 'part-closed' })
    writers.do(chair, { kind: 'election-opened', election: 'election:1', item: ordinary, office: 'Amt', mode: 'paper' })
    expect(writers.log.state.elections.size).toBe(1)
    expect(published(writers)).not.toMatch(/Amt/)
  })

  test('and what is done after the doors were opened again is public', () => {
    const { writers, closing } = behindDoors()
    const mistake = writers.do(chair, { kind: 'part-closed' })
    writers.do(chair, { kind: 'corrected', replaces: mistake._id })
    writers.do(chair, { kind: 'corrected', replaces: closing._id })
    const vote = { kind: 'vote-opened', vote: 'vote:2', item: ordinary, question: 'Offen?' } as const
    writers.do(chair, { ...vote, subject: 'resolution', majority: 'simple', mode: 'hand', secret: false })
    expect(published(writers)).toMatch(/Offen/)
    expect(published(writers)).not.toMatch(/Geheim/)
  })
})
