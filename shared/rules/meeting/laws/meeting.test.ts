import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMeetingEvent, type DeedKind, type MeetingEvent } from '../../../council/meeting-event.ts'
import { decisionOf, entitledTo } from '../../voting-right.ts'
import { ruleSet } from '../../law/index.ts'
import { history, makeHistory, type History, type HistoryOptions } from '../testing/history.arbitrary.ts'
import { MeetingLog } from '../log.ts'
import type { MeetingState, Span } from '../state.ts'
import { deedKinds, diceOf } from './deed.arbitrary.ts'

/** Judges the state after every event of random meetings, as their events come. */
function always(
  judge: (state: MeetingState, event: MeetingEvent, before: MeetingState) => void,
  options: HistoryOptions = { malicious: true, corrections: true, skew: true },
  numRuns = 60,
): void {
  fc.assert(
    fc.property(history(options), ({ meeting, events }: History) => {
      const log = new MeetingLog(meeting)
      for (const event of events) {
        const before = log.state
        log.insert([event])
        judge(log.state, event, before)
      }
    }),
    { numRuns },
  )
}

const inOrder = (spans: readonly Span[]): boolean =>
  spans.every(({ from, to }, place) => {
    const next = spans[place + 1]
    return (to === undefined || to >= from) && (!next || (to !== undefined && to <= next.from))
  })
const lasts = (spans: readonly Span[]): boolean => spans.at(-1) !== undefined && spans.at(-1)?.to === undefined

test('random histories are events by the schema, and reach every kind of deed', () => {
  const accepted = new Set<DeedKind>()
  const refusals = new Set<string>()
  for (let seed = 0; seed < 150; seed += 1) {
    const dice = diceOf(seed)
    const steps = Array.from({ length: 120 }, () => dice.below(2 ** 31))
    const { meeting, events } = makeHistory(steps, { malicious: true, corrections: true, skew: true })
    const log = new MeetingLog(meeting)
    log.insert(events)
    const refused = new Set(log.state.refused.map(({ event }) => event))
    for (const { cause } of log.state.refused) refusals.add(cause)
    for (const { _id, body } of events) if (!refused.has(_id) && body.kind !== 'corrected') accepted.add(body.kind)
    if (seed < 5)
      for (const event of events) {
        const key = 'a'.repeat(64)
        expect(readMeetingEvent({ ...event, author: { ...event.author, key } })).toMatchObject({ ok: true })
      }
  }
  expect([...accepted].sort()).toEqual([...deedKinds].sort())
  expect(refusals.size).toBeGreaterThanOrEqual(12)
})

describe('the public', () => {
  test('is never in while a closed item is open, nor before the opening, nor after the close', () => {
    always((state) => {
      const current = state.agenda.find(({ item }) => item === state.current)
      if (current && !current.public) expect(state.public).toBe(false)
      if (state.phase !== 'open' && state.phase !== 'paused') expect(state.public).toBe(false)
    })
  })

  test('is in or out by the part that lasts, and the parts follow each other without a gap', () => {
    always((state) => {
      expect(inOrder(state.parts)).toBe(true)
      expect(lasts(state.parts)).toBe(state.phase === 'open' || state.phase === 'paused')
      if (lasts(state.parts)) expect(state.parts.at(-1)?.public).toBe(state.public)
      for (const [place, part] of state.parts.entries()) {
        const next = state.parts[place + 1]
        if (next) expect([part.to, part.public]).toEqual([next.from, !next.public])
      }
    })
  })
})

describe('the agenda', () => {
  test('has one open item at most, the current one, and its spans are in order', () => {
    always((state) => {
      const open = state.agenda.filter(({ status }) => status === 'open').map(({ item }) => item)
      expect(open).toEqual(state.current === undefined ? [] : [state.current])
      for (const { spans, status } of state.agenda) {
        expect(inOrder(spans)).toBe(true)
        expect(lasts(spans)).toBe(status === 'open')
      }
    })
  })
})

describe('attendance', () => {
  test('is a row of stays that do not overlap; the last one lasts while the person is here', () => {
    always((state) => {
      for (const { stays, here, mode, cutOff, excluded } of state.attendance.values()) {
        expect(inOrder(stays)).toBe(true)
        if (state.phase !== 'closed') expect(lasts(stays)).toBe(here)
        if (here) expect(stays.at(-1)?.mode).toBe(mode)
        if (cutOff) expect([here, mode]).toEqual([true, 'remote'])
        if (excluded) expect(here).toBe(false)
      }
    })
  })

  test('counts for the quorum whoever is there and not kept out, and nobody twice', () => {
    always((state) => {
      const { quorum, constitution } = state
      if (!quorum || !constitution) return
      const here = [...state.attendance.values()].filter((one) => one.here && !one.cutOff)
      const conflicts = state.agenda.find(({ item }) => item === state.current)?.conflicts ?? []
      const able = here.filter(({ person }) => !conflicts.some((conflict) => conflict.person === person))
      expect(quorum.room).toBeLessThanOrEqual(able.filter(({ mode }) => mode === 'room').length)
      expect(quorum.remote).toBeLessThanOrEqual(able.filter(({ mode }) => mode === 'remote').length)
      expect(quorum.met).toBe(quorum.counted >= quorum.needed)
    })
  })
})

describe('the floor', () => {
  test('is one person’s; whoever was interrupted waits behind, and nobody else speaks', () => {
    always((state) => {
      for (const [place, id] of state.floor.entries()) {
        const status = state.speeches.get(id)?.status
        expect(place === 0 ? ['speaking', 'paused'] : ['paused']).toContain(status)
      }
      for (const { speech, status, spans } of state.speeches.values()) {
        expect(inOrder(spans)).toBe(true)
        expect(lasts(spans)).toBe(status === 'speaking')
        if (status === 'speaking' || status === 'paused') expect(state.floor).toContain(speech)
      }
    })
  })

  test('is never given to somebody who is kept out of the item or not there', () => {
    always(
      (state, { body }, before) => {
        if (body.kind !== 'speech-started' || state.floor === before.floor) return
        const speech = state.speeches.get(body.speech)
        if (speech?.status !== 'speaking' || !('person' in speech.speaker)) return
        const { person } = speech.speaker
        const conflicts = state.agenda.find(({ item }) => item === speech.item)?.conflicts ?? []
        expect(conflicts.map((conflict) => conflict.person)).not.toContain(person)
        expect(state.attendance.get(person)?.here).toBe(true)
      },
      { malicious: true },
    )
  })
})

describe('votes', () => {
  test('never have more ballots than members who could vote, in all and in every faction', () => {
    always((state) => {
      for (const { tally, entitled, factions, ballots, received, called } of state.votes.values()) {
        if (!tally) continue
        const count = (one: typeof tally): number => one.yes + one.no + one.abstain + one.invalid
        expect(count(tally)).toBeLessThanOrEqual(entitled.length)
        if (factions) expect(factions.reduce((sum, part) => sum + count(part.tally), 0)).toBe(count(tally))
        const voters = [...(ballots ?? []).map(({ person }) => person), ...received.keys(), ...called.keys()]
        for (const person of voters) expect(entitled).toContain(person)
        if (ballots) expect(count(tally)).toBe(ballots.length)
      }
    })
  })

  test('freeze who may vote when they open: nobody who is away, cut off, excluded or kept out; by circulation all', () => {
    always(
      (state, { body, _id }, before) => {
        if (body.kind !== 'vote-opened' || state.votes === before.votes) return
        const vote = state.votes.get(body.vote)
        const rules = ruleSet(state.constitution?.rules ?? '')
        if (!vote || !rules || before.votes.has(body.vote)) return
        expect(vote.entitled, _id).toEqual(entitledTo(before, rules, decisionOf(before, vote)))
        for (const person of vote.entitled) {
          if (vote.until === undefined)
            expect(before.attendance.get(person)).toMatchObject({ here: true, cutOff: false, excluded: false })
          else expect(before.phase).toBe('prepared')
          const conflicts = before.agenda.find(({ item }) => item === vote.item)?.conflicts ?? []
          expect(conflicts.map((conflict) => conflict.person)).not.toContain(person)
        }
      },
      { malicious: true },
    )
  })

  test('count nobody who is kept out of the item while they run', () => {
    always(
      (state, _event, before) => {
        for (const vote of state.votes.values()) {
          if (vote.status !== 'open' && before.votes.get(vote.vote)?.status !== 'open') continue
          const conflicts = state.agenda.find(({ item }) => item === vote.item)?.conflicts ?? []
          const lifted = before.agenda.find(({ item }) => item === vote.item)?.conflicts ?? []
          for (const { person } of conflicts)
            if (lifted.some((conflict) => conflict.person === person)) {
              expect(vote.entitled).not.toContain(person)
              expect((vote.ballots ?? []).map((ballot) => ballot.person)).not.toContain(person)
            }
        }
      },
      { malicious: true },
      100,
    )
  })

  test('show no ballot before they are closed, and decide what their numbers decide', () => {
    always((state) => {
      for (const vote of state.votes.values()) {
        if (vote.status === 'open' || vote.status === 'counting') expect(vote.ballots).toBe(undefined)
        if (vote.status === 'decided') expect(vote.finding?.tally).toEqual(vote.tally)
        const motion = vote.motion === undefined ? undefined : state.motions.get(vote.motion)
        if (motion && vote.finding && vote.finding.outcome !== 'not-quorate')
          expect(motion.status).toBe(vote.finding.outcome)
      }
    })
  })
})

describe('elections', () => {
  test('count no more papers than were handed out, and elect only whom somebody proposed', () => {
    always((state) => {
      for (const { rounds, candidates, finding } of state.elections.values()) {
        const known = candidates.map(({ candidate }) => candidate)
        for (const { count, entitled, candidates: among } of rounds) {
          const named = [...(count?.votes.values() ?? [])].reduce((sum, votes) => sum + votes, 0)
          if (count) expect(named + count.against + count.abstain + count.invalid).toBeLessThanOrEqual(entitled)
          for (const candidate of among) expect(known).toContain(candidate)
        }
        for (const candidate of finding?.candidates ?? []) expect(known).toContain(candidate)
      }
    })
  })
})
