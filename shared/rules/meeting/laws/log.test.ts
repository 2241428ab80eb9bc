import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeetingEvent } from '../../../council/meeting-event.ts'
import { chair, clerk, history, makeHistory, outsiders, type History } from '../testing/history.arbitrary.ts'
import { MeetingLog, reduceMeeting } from '../log.ts'
import type { MeetingState } from '../state.ts'

const everything = { malicious: true, corrections: true, skew: true }
const stateOf = ({ meeting, events }: History): MeetingState => reduceMeeting(meeting, events)

const shuffled = <Value>(values: readonly Value[], dice: readonly number[]): Value[] =>
  values
    .map((value, place) => ({ value, key: dice[place % dice.length]! ^ (place * 2654435761) }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value)
const keys = fc.array(fc.integer(), { minLength: 20, maxLength: 20 })

/** What nobody who looks at the state could tell apart. */
const seen = (state: MeetingState) => ({ ...state, refused: new Set(state.refused.map(({ event }) => event)) })

describe('the state follows from the log alone', () => {
  test('whatever the order in which events come, and however often each', () => {
    fc.assert(
      fc.property(history(everything), keys, ({ meeting, events }, dice) => {
        const twice = shuffled([...events, ...events], dice)
        expect(reduceMeeting(meeting, twice)).toEqual(reduceMeeting(meeting, events))
      }),
    )
  })

  test('one by one as they come, it is at every step what a replay of the same events gives', () => {
    fc.assert(
      fc.property(history({ ...everything, steps: 30 }), keys, fc.boolean(), ({ meeting, events }, dice, inOrder) => {
        const log = new MeetingLog(meeting)
        const come = inOrder ? events : shuffled(events, dice)
        for (const [place, event] of come.entries()) {
          expect(log.insert([event])).toBe(true)
          expect(log.state).toEqual(reduceMeeting(meeting, come.slice(0, place + 1)))
        }
        expect(log.insert(events)).toBe(false)
      }),
      { numRuns: 40 },
    )
  })

  test('a log of many checkpoints takes late events, corrections and closings as a replay does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 700, maxLength: 700 }), keys, (steps, dice) => {
        const { meeting, events } = makeHistory(steps, { ...everything })
        const late = shuffled(events, dice).slice(0, 25)
        const log = new MeetingLog(meeting)
        log.insert(events.filter((event) => !late.includes(event)))
        for (const event of late) log.insert([event])
        expect(log.state).toEqual(reduceMeeting(meeting, events))
      }),
      { numRuns: 6 },
    )
  })

  test('two halves of the room that meet again see the same, whatever each of them saw before', () => {
    fc.assert(
      fc.property(history(everything), keys, ({ meeting, events }, dice) => {
        const isLeft = (event: MeetingEvent): boolean => dice[event.author.account.length % 20]! % 2 === 0
        const [left, right] = [new MeetingLog(meeting), new MeetingLog(meeting)]
        left.insert(events.filter(isLeft))
        right.insert(events.filter((event) => !isLeft(event)))
        left.insert(right.events)
        right.insert(left.events)
        expect(left.state).toEqual(right.state)
        expect(left.events).toEqual(right.events)
      }),
    )
  })

  test('events are in the order of their ids', () => {
    fc.assert(
      fc.property(history(everything), ({ meeting, events }) => {
        const log = new MeetingLog(meeting)
        for (const event of events) log.insert([event])
        expect(log.events.map(({ _id }) => _id)).toEqual(events.map(({ _id }) => _id).sort())
      }),
    )
  })

  test('what one author wrote stays in the order of writing, however wrong the clock', () => {
    fc.assert(
      fc.property(history(everything), ({ events }) => {
        for (const account of new Set(events.map(({ author }) => author.account))) {
          const own = events.filter(({ author }) => author.account === account).map(({ _id }) => _id)
          expect(own).toEqual([...own].sort())
        }
      }),
    )
  })
})

describe('corrections', () => {
  const histories = history({ skew: true, steps: 40 })
  const correct = (
    { events, meeting }: History,
    target: MeetingEvent,
    instead: boolean,
    by: MeetingEvent['author'],
  ) => {
    const latest = [...events]
      .map(({ _id }) => _id)
      .sort()
      .at(-1)!
    const clock = latest.split(':')[2]!.replace(/^.{12}/, (ms) => (parseInt(ms, 16) + 1).toString(16).padStart(12, '0'))
    const _id = `event:${meeting.slice('meeting:'.length)}:${clock}:${by.account}`
    const { body } = target
    if (body.kind === 'corrected') throw new Error('these histories have no corrections')
    const correction: MeetingEvent = {
      ...{ _id, type: 'event', schema: 1, author: by, place: 1, previous: null, signature: _id },
      body: { kind: 'corrected', replaces: target._id, ...(instead ? { instead: body } : {}) },
    }
    return reduceMeeting(meeting, [...events, correction])
  }
  const pickOwn = (events: readonly MeetingEvent[], place: number): MeetingEvent => {
    const own = events.filter(({ author }) => author.account !== 'hub')
    return own[place % own.length]!
  }

  test('with the same content, by who runs the meeting, changes nothing', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (made, place) => {
        const before = stateOf(made)
        const target = pickOwn(made.events, place)
        fc.pre(!before.refused.some(({ event }) => event === target._id))
        const after = correct(made, target, true, clerk)
        expect({ ...after, corrections: before.corrections }).toEqual(before)
        expect([...after.corrections.keys()]).toEqual([target._id])
      }),
    )
  })

  test('with nothing, by who runs the meeting, is the log without the event', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (made, place) => {
        const target = pickOwn(made.events, place)
        const without = reduceMeeting(
          made.meeting,
          made.events.filter((event) => event !== target),
        )
        const after = correct(made, target, false, clerk)
        // A vote whose ballots are known is never opened again.
        fc.pre(!after.refused.some(({ cause }) => cause === 'ballots-known'))
        const { votes, elections, speeches } = without
        expect({ ...after, corrections: without.corrections, votes, elections, speeches }).toEqual(without)
        // What was done while the room took the doors to be closed stays closed; all else is the same.
        for (const [kind, made] of [
          [votes, after.votes],
          [elections, after.elections],
          [speeches, after.speeches],
        ] as const)
          for (const [id, { inPublic, ...rest }] of made) {
            expect({ ...rest, inPublic: kind.get(id)?.inPublic }).toEqual(kind.get(id))
            expect(inPublic).toBe(target.body.kind.startsWith('part-') ? inPublic : kind.get(id)?.inPublic)
            expect(inPublic && !kind.get(id)?.inPublic).toBe(false)
          }
      }),
    )
  })

  test('of what somebody else wrote change nothing, unless they are by who runs the meeting', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.constantFrom(...outsiders), (made, place, by) => {
        const target = made.events[place % made.events.length]!
        fc.pre(target.author.account !== by.account)
        const before = stateOf(made)
        const after = correct(made, target, false, by)
        expect(after.refused.length).toBe(before.refused.length + 1)
        expect({ ...after, refused: before.refused }).toEqual(before)
      }),
    )
  })

  test('of what the hub wrote are refused, whoever writes them', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(chair, clerk), (made, by) => {
        const target = made.events.find(({ author }) => author.account === 'hub')
        fc.pre(target !== undefined)
        const before = stateOf(made)
        const after = correct(made, target, false, by)
        expect({ ...after, refused: before.refused }).toEqual(before)
        expect(after.refused.at(-1)?.cause).toBe('not-allowed')
      }),
      { numRuns: 50 },
    )
  })
})

describe('what is refused', () => {
  test('changes nothing but the list of what was refused', () => {
    fc.assert(
      fc.property(history({ malicious: true, skew: true }), (made) => {
        const { refused, ...state } = stateOf(made)
        const ids = new Set(refused.map(({ event }) => event))
        const { refused: none, ...without } = reduceMeeting(
          made.meeting,
          made.events.filter(({ _id }) => !ids.has(_id)),
        )
        expect(without).toEqual(state)
        expect(none).toEqual([])
      }),
    )
  })

  test('is everything that people write for others, for the chair or for the hub', () => {
    fc.assert(
      fc.property(history({ malicious: true }), (made) => {
        const refused = new Set(stateOf(made).refused.map(({ event }) => event))
        const names = new Set(outsiders.map(({ account }) => account))
        for (const { _id, author, body } of made.events)
          if (!refused.has(_id) && names.has(author.account)) expect(concerns(body, author.person)).toBe(true)
      }),
    )
  })

  test('is everything after the close but notes of who runs the meeting and votes that are sealed late', () => {
    fc.assert(
      fc.property(history({ malicious: true, steps: 80 }), (made) => {
        const closed = [...made.events, ...closing(made)]
        const { meeting } = made
        const before = reduceMeeting(meeting, closed)
        fc.pre(before.phase === 'closed')
        const { events } = made
        const last = closed.at(-1)!._id
        const after = events.map((event) => ({ ...event, _id: event._id.replace(/:.{12}/, last.slice(11, 24)) }))
        const late = after.filter(({ _id }) => _id > last)
        const state = reduceMeeting(meeting, [...closed, ...late])
        const refused = new Set(state.refused.map(({ event }) => event))
        const taken = late.filter(({ _id }) => !refused.has(_id))
        expect(new Set(taken.map(({ body }) => body.kind)).difference(new Set(['note-added', 'vote-sealed']))).toEqual(
          new Set(),
        )
        for (const { body, author } of taken) if (body.kind === 'note-added') expect(outsiders).not.toContain(author)
        expect(seen({ ...state, notes: [], votes: new Map(), motions: new Map() })).toMatchObject({
          phase: 'closed',
          public: false,
        })
      }),
      { numRuns: 40 },
    )
  })
})

/** Ends what runs, and the meeting. */
function closing({ events }: History): MeetingEvent[] {
  const latest = [...events]
    .map(({ _id }) => _id)
    .sort()
    .at(-1)!
  const ms = parseInt(latest.slice(12, 24), 16)
  const state = stateOf({ meeting: 'meeting:k000z', events })
  const open = [...state.votes.values()].filter(({ status }) => status === 'open')
  const bodies = [
    ...open.map(({ vote }) => ({ kind: 'vote-cancelled' as const, vote })),
    { kind: 'meeting-closed' as const },
  ]
  return bodies.map((body, place): MeetingEvent => {
    const _id = `event:k000z:${(ms + 1 + place).toString(16).padStart(12, '0')}0000-chair000:chair`
    return { _id, type: 'event', schema: 1, author: chair, body, place: 1, previous: null, signature: _id }
  })
}

/** Whether somebody who does not run the meeting may have written this, going by the deed alone. */
function concerns(body: MeetingEvent['body'], person: string | null): boolean {
  switch (body.kind) {
    case 'person-arrived':
      return body.person === person && body.by === 'self'
    case 'person-left':
    case 'connection-lost':
    case 'connection-restored':
    case 'conflict-declared':
    case 'objection-raised':
    case 'roll-called':
      return body.person === person
    case 'speech-requested':
      return 'person' in body.speaker && body.speaker.person === person
    case 'motion-put':
      return body.persons.every((mover) => mover === person) && (body.persons.length > 0 || body.faction !== undefined)
    case 'speech-withdrawn':
    case 'speech-stopped':
    case 'motion-withdrawn':
      return true
    default:
      return false
  }
}

describe('parts that are still the same', () => {
  /** Every part that is equal to what it was is the very same object. */
  function expectShared(before: unknown, after: unknown, path: string): void {
    if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return
    if (isDeepStrictEqual(before, after)) return void expect(before === after, `${path} is a copy`).toBe(true)
    const [from, to] =
      before instanceof Map && after instanceof Map ? [before, after] : [entries(before), entries(after)]
    for (const [key, value] of to) expectShared(from.get(key), value, `${path}.${String(key)}`)
  }
  const entries = (value: object): Map<unknown, unknown> => new Map<unknown, unknown>(Object.entries(value))

  test('keep their identity when an event comes in order', () => {
    fc.assert(
      fc.property(history({ malicious: true, corrections: true }), ({ meeting, events }) => {
        const log = new MeetingLog(meeting)
        for (const event of events) {
          const before = log.state
          log.insert([event])
          expectShared(before, log.state, 'state')
        }
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })

  test('keep their identity when an event comes late', () => {
    fc.assert(
      fc.property(history(everything), fc.nat(), ({ meeting, events }, place) => {
        const late = events[place % events.length]!
        const log = new MeetingLog(meeting)
        log.insert(events.filter((event) => event !== late))
        const before = log.state
        log.insert([late])
        expectShared(before, log.state, 'state')
      }),
    )
  })

  test('what was handed out is never changed', () => {
    fc.assert(
      fc.property(history({ ...everything, steps: 30 }), ({ meeting, events }) => {
        const log = new MeetingLog(meeting)
        const copies = events.map((event) => {
          log.insert([event])
          return { state: log.state, copy: structuredClone(log.state) }
        })
        for (const { state, copy } of copies) expect(state).toEqual(copy)
      }),
      { numRuns: 30 },
    )
  })
})
