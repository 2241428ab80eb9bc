import { describe, expect, test } from 'vitest'
import type { Deed, DeedOf } from '../../../council/meeting-event.ts'
import { progressOf } from '../progress.ts'
import { projectionOf } from '../projection.ts'
import {
  causeOf,
  chair,
  chairs,
  clerk,
  constitutionOf,
  hub,
  items,
  members,
  opened,
  persons,
  prepared,
  Writers,
} from '../testing/history.arbitrary.ts'
import type { RefusalCause } from '../state.ts'

const [item, other] = items as [string, string]
const voters = persons.slice(0, -1)
const until = Date.UTC(2026, 4, 6)
const opening = (more: Partial<DeedOf<'vote-opened'>> = {}): Deed => ({
  ...{ kind: 'vote-opened', vote: 'vote:1', item, question: 'Im Umlauf?', subject: 'circular' },
  ...{ majority: 'simple', mode: 'devices', secret: false, until },
  ...more,
})
const close: Deed = { kind: 'vote-closed', vote: 'vote:1' }
const voteOf = ({ log }: Writers) => log.state.votes.get('vote:1')!

/** A log in which nobody meets and nobody came. */
function frozen(change: Parameters<typeof constitutionOf>[0] = {}): Writers {
  const writers = new Writers()
  writers.do(clerk, { kind: 'meeting-prepared', constitution: constitutionOf(change) })
  return writers
}
function running(): Writers {
  const writers = frozen()
  expect(chairs(writers, opening())).toBeUndefined()
  return writers
}
function receive(writers: Writers, who: readonly string[], at: number | undefined = until): RefusalCause | undefined {
  const ballots = who.map((person) => ({ person, ...(at === undefined ? {} : { at }) }))
  return causeOf(writers, writers.do(hub, { kind: 'ballots-received', vote: 'vote:1', ballots }))
}
function seal(writers: Writers, who: readonly string[]): RefusalCause | undefined {
  const ballots = who.map((person) => ({ person, choice: 'yes' as const }))
  return causeOf(writers, writers.do(hub, { kind: 'vote-sealed', vote: 'vote:1', ballots, digest: '0'.repeat(64) }))
}

describe('a circulation', () => {
  test('asks every member who may vote, though nobody meets, with the majority of the law', () => {
    expect(voteOf(running())).toMatchObject({
      ...{ entitled: voters, until, majority: 'unanimous-statutory', inPublic: false },
      quorum: { met: true, counted: voters.length },
    })
  })

  test('asks nobody who is kept out by a conflict, before or while it runs; the others decide', () => {
    const writers = frozen()
    writers.do(chair, { kind: 'conflict-declared', person: persons[1]!, item, away: 'table' })
    chairs(writers, opening())
    receive(writers, voters.slice(2))
    writers.do(members[2]!, { kind: 'conflict-declared', person: persons[2]!, item, away: 'table' })
    expect(voteOf(writers).entitled).toEqual(voters.filter((_, index) => index !== 1 && index !== 2))
    expect(voteOf(writers).received.has(persons[2]!)).toBe(false)
    const agreed = voters.filter((_, index) => index !== 1 && index !== 2)
    receive(writers, agreed)
    expect(chairs(writers, close)).toBeUndefined()
    expect(seal(writers, voters)).toBeUndefined()
    expect(voteOf(writers).finding).toMatchObject({ outcome: 'accepted', needed: agreed.length, of: agreed.length })
  })

  test.for<[string, Partial<DeedOf<'vote-opened'>>, RefusalCause]>([
    ['by hand', { mode: 'hand' }, 'rules-forbid'],
    ['in secret', { mode: 'paper', secret: true }, 'rules-forbid'],
    ['without a deadline', { until: undefined }, 'implausible'],
    ['with a deadline that is over', { until: 1 }, 'implausible'],
    ['on nothing', { item: null }, 'unknown'],
    ['on an item that is not there', { item: 'agenda-item:x' }, 'unknown'],
    ['on another subject', { subject: 'resolution' }, 'not-open'],
  ])('is refused %s', ([, more, cause]) => {
    const writers = frozen()
    expect(chairs(writers, opening(more))).toBe(cause)
    expect(writers.log.state.votes.size).toBe(0)
  })

  test('is refused where the law knows none, in a meeting, and by who does not run it', () => {
    expect(chairs(frozen({ rules: 'de-by-2024' }), opening())).toBe('rules-forbid')
    const writers = opened()
    chairs(writers, { kind: 'item-opened', item })
    expect(chairs(writers, opening())).toBe('rules-forbid')
    expect(chairs(writers, opening({ subject: 'resolution' }))).toBe('rules-forbid')
    const quiet = frozen()
    expect(causeOf(quiet, quiet.do(members[5]!, opening()))).toBe('not-allowed')
  })

  test('runs one at a time, by the roster with which it began, and no meeting is opened meanwhile', () => {
    const writers = prepared()
    chairs(writers, opening())
    expect(chairs(writers, opening({ vote: 'vote:2', item: other }))).toBe('rules-forbid')
    expect(chairs(writers, { kind: 'meeting-opened' })).toBe('rules-forbid')
    const constitution = constitutionOf({ statutoryNumber: 3 })
    expect(causeOf(writers, writers.do(clerk, { kind: 'meeting-prepared', constitution }))).toBe('rules-forbid')
    expect(chairs(writers, { kind: 'vote-cancelled', vote: 'vote:1' })).toBeUndefined()
    expect(chairs(writers, { kind: 'meeting-opened' })).toBeUndefined()
  })

  test('takes no answer after its deadline, none without a time, and none of who is not asked', () => {
    const writers = running()
    expect(receive(writers, [persons[1]!], until + 1)).toBe('not-open')
    const ballots = [{ person: persons[1]! }]
    expect(causeOf(writers, writers.do(hub, { kind: 'ballots-received', vote: 'vote:1', ballots }))).toBe('not-open')
    expect(receive(writers, [persons.at(-1)!])).toBe('not-entitled')
    expect(receive(writers, [persons[1]!])).toBeUndefined()
    expect([...voteOf(writers).received.keys()]).toEqual([persons[1]])
  })

  test('closes when all have answered, or after the deadline: silence is no consent', () => {
    const writers = running()
    receive(writers, voters.slice(1))
    expect(chairs(writers, close)).toBe('rules-forbid')
    writers.pass(until)
    expect(chairs(writers, close)).toBeUndefined()
    // The last one's ballot came too late to be in the log, and counts for nothing.
    expect(seal(writers, voters)).toBeUndefined()
    expect(voteOf(writers)).toMatchObject({ tally: { yes: voters.length - 1 }, finding: { outcome: 'rejected' } })
    const quick = running()
    receive(quick, voters)
    expect(chairs(quick, close)).toBeUndefined()
    expect(seal(quick, voters)).toBeUndefined()
    expect(voteOf(quick)).toMatchObject({ status: 'decided', finding: { outcome: 'accepted', of: voters.length } })
  })

  test('is never answered again once the answers are known, whatever is said later of who was asked', () => {
    const writers = frozen()
    const conflict = writers.do(chair, { kind: 'conflict-declared', person: persons[1]!, item, away: 'table' })
    const put = writers.do(chair, opening())
    const asked = voters.filter((person) => person !== persons[1])
    receive(writers, asked)
    chairs(writers, close)
    seal(writers, asked)
    expect(voteOf(writers).finding?.outcome).toBe('accepted')
    writers.do(chair, { kind: 'corrected', replaces: conflict._id })
    expect(voteOf(writers)).toMatchObject({ status: 'decided', finding: { outcome: 'rejected', of: voters.length } })
    const later = opening({ until: until + 86_400_000 })
    writers.do(chair, { kind: 'corrected', replaces: put._id, instead: later })
    expect(voteOf(writers).status).toBe('decided')
  })

  test('is not public while it runs nor after it, and shows on no projector', () => {
    const writers = prepared()
    chairs(writers, opening())
    expect(progressOf(writers.log.state, () => true)).toBeUndefined()
    receive(writers, voters)
    chairs(writers, close)
    seal(writers, voters)
    expect(progressOf(writers.log.state, () => true)).toBeUndefined()
    chairs(writers, { kind: 'meeting-opened' })
    expect(progressOf(writers.log.state, () => true)?.votes).toEqual([])
    chairs(writers, { kind: 'item-opened', item })
    expect(projectionOf(writers.log.state, 'projector:1', true)).toEqual({ show: 'meeting', item })
  })
})
