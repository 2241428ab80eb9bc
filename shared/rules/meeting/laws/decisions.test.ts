import { describe, expect, test } from 'vitest'
import type { Deed, DeedOf } from '../../../council/meeting-event.ts'
import {
  causeOf,
  chair,
  chairs,
  clerk,
  hub,
  items,
  members,
  opened,
  persons,
  prepared,
  type Writers,
} from '../testing/history.arbitrary.ts'
import { ruleSets } from '../../law/index.ts'
import type { RefusalCause } from '../state.ts'

/** Items by what they are about: ordinary, a statute, an election; the last two are closed. */
const [ordinary, statute, , election, closed] = items as [string, string, string, string, string]

const question = (more: Partial<DeedOf<'vote-opened'>> = {}): Deed => ({
  ...{ kind: 'vote-opened', vote: 'vote:1', item: ordinary, question: 'Dafür?', subject: 'resolution' },
  ...{ majority: 'simple', mode: 'hand', secret: false },
  ...more,
})
const counted = (yes: number, no: number, abstain = 0): Deed => ({
  ...{ kind: 'votes-counted', vote: 'vote:1' },
  tally: { yes, no, abstain, invalid: 0 },
})
const voteOf = ({ log }: Writers) => log.state.votes.get('vote:1')!

describe('the course', () => {
  test('a hybrid meeting begins only when somebody who may preside is in the room', () => {
    const writers = prepared({}, [0, 1, 2])
    expect(chairs(writers, { kind: 'meeting-opened' })).toBe('chair-not-in-room')
    writers.do(clerk, { kind: 'person-arrived', person: persons[1]!, mode: 'remote', by: 'list' })
    expect(chairs(writers, { kind: 'meeting-opened' })).toBe('chair-not-in-room')
    writers.do(clerk, { kind: 'person-arrived', person: persons[2]!, mode: 'room', by: 'list' })
    expect(chairs(writers, { kind: 'meeting-opened' })).toBe(undefined)
    expect(writers.log.state).toMatchObject({ phase: 'open', presiding: persons[2], public: true })
  })

  test('a hybrid meeting neither begins nor votes while a disturbance in the town’s sphere lasts', () => {
    const writers = prepared()
    chairs(writers, { kind: 'disturbance-began', disturbance: 'disturbance:1', sphere: 'town', what: 'Ton weg' })
    expect(chairs(writers, { kind: 'meeting-opened' })).toBe('rules-forbid')
    chairs(writers, { kind: 'disturbance-ended', disturbance: 'disturbance:1', consequence: 'interrupted' })
    expect(chairs(writers, { kind: 'meeting-opened' })).toBe(undefined)
  })

  test('a closed item opens only while the part is closed, and the public comes in only after it', () => {
    const writers = opened()
    expect(chairs(writers, { kind: 'item-opened', item: closed })).toBe('public-is-in')
    expect(chairs(writers, { kind: 'part-closed' })).toBe(undefined)
    expect(chairs(writers, { kind: 'item-opened', item: closed })).toBe(undefined)
    expect(chairs(writers, { kind: 'part-opened' })).toBe('public-is-in')
    expect(chairs(writers, { kind: 'item-opened', item: ordinary })).toBe(undefined)
    expect(chairs(writers, { kind: 'part-opened' })).toBe(undefined)
    expect(writers.log.state.parts.map((part) => part.public)).toEqual([true, false, true])
    expect(writers.log.state.agenda.find(({ item }) => item === closed)?.status).toBe('done')
  })

  test('a meeting whose first item is closed begins without the public', () => {
    const writers = opened({ agenda: [{ item: closed, public: false, matter: 'ordinary' }] })
    expect(writers.log.state).toMatchObject({ public: false, parts: [{ public: false }] })
  })

  test('an item is added when two thirds of those present agreed, and not before', () => {
    const writers = opened()
    const entry = { item: 'agenda-item:new', public: true, matter: 'ordinary' } as const
    const added: Deed = { kind: 'item-added', entry, before: statute, vote: 'vote:1' }
    expect(chairs(writers, added)).toBe('needs-a-vote')
    // The chair announces another majority than the law has: the law's holds.
    expect(chairs(writers, question({ item: null, subject: 'extension', majority: 'simple' }))).toBe(undefined)
    expect(voteOf(writers).majority).toBe('two-thirds-present')
    // Eight can vote: two thirds of them are six.
    chairs(writers, counted(5, 3))
    chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
    expect(voteOf(writers).finding).toMatchObject({ outcome: 'rejected', needed: 6, of: 8 })
    expect(chairs(writers, added)).toBe('needs-a-vote')
    chairs(writers, {
      ...question({ item: null, subject: 'extension', majority: 'two-thirds-present' }),
      vote: 'vote:2',
    } as Deed)
    chairs(writers, { kind: 'votes-counted', vote: 'vote:2', tally: { yes: 6, no: 2, abstain: 0, invalid: 0 } })
    chairs(writers, { kind: 'vote-closed', vote: 'vote:2' })
    expect(chairs(writers, { ...added, vote: 'vote:2' })).toBe(undefined)
    expect(writers.log.state.agenda.map(({ item }) => item).slice(0, 3)).toEqual([ordinary, entry.item, statute])
  })

  test('of two devices that open different items the later one holds, and closes the other', () => {
    const writers = opened()
    const [first, second] = [
      writers.write(chair, { kind: 'item-opened', item: ordinary }),
      writers.write(clerk, { kind: 'item-opened', item: statute }),
    ]
    writers.log.insert([second])
    writers.log.insert([first])
    const later = first._id > second._id ? ordinary : statute
    expect(writers.log.state.current).toBe(later)
    expect(
      writers.log.state.agenda
        .map(({ status }) => status)
        .sort()
        .slice(0, 2),
    ).toEqual(['done', 'open'])
  })
})

describe('who counts', () => {
  test('a change from the room to a device elsewhere ends one stay and begins another', () => {
    const writers = opened()
    writers.do(members[4]!, { kind: 'person-arrived', person: persons[4]!, mode: 'remote', by: 'self' })
    expect(
      writers.log.state.attendance.get(persons[4]!)?.stays.map(({ mode, to }) => [mode, to !== undefined]),
    ).toEqual([
      ['room', true],
      ['remote', false],
    ])
  })

  test('remote members count for ordinary business, not for a statute, and not while they are cut off', () => {
    const writers = opened({}, [7])
    writers.do(members[7]!, { kind: 'person-arrived', person: persons[7]!, mode: 'remote', by: 'self' })
    expect(writers.log.state.quorum).toMatchObject({ room: 7, remote: 1, counted: 8 })
    chairs(writers, { kind: 'item-opened', item: statute })
    expect(writers.log.state.quorum).toMatchObject({ room: 7, remote: 1, counted: 7 })
    chairs(writers, question({ item: statute }))
    expect(voteOf(writers).entitled).not.toContain(persons[7])
    chairs(writers, { kind: 'vote-cancelled', vote: 'vote:1' })
    chairs(writers, { kind: 'item-opened', item: ordinary })
    writers.do(hub, { kind: 'connection-lost', person: persons[7]! })
    expect(writers.log.state.quorum).toMatchObject({ room: 7, remote: 0, counted: 7 })
  })

  test('who is kept out counts for everything but exactly that item, and says nothing to it', () => {
    const writers = opened()
    writers.do(members[4]!, { kind: 'conflict-declared', person: persons[4]!, item: ordinary, away: 'table' })
    chairs(writers, { kind: 'item-opened', item: ordinary })
    expect(writers.log.state.quorum?.counted).toBe(7)
    const speech = {
      kind: 'speech-requested',
      speech: 'speech:1',
      speaker: { person: persons[4]! },
      form: 'speech',
    } as const
    expect(causeOf(writers, writers.do(members[4]!, { ...speech, item: ordinary }))).toBe('not-entitled')
    expect(causeOf(writers, writers.do(members[4]!, { ...speech, item: statute }))).toBe(undefined)
    chairs(writers, question())
    expect(voteOf(writers).entitled).not.toContain(persons[4])
    chairs(writers, { kind: 'vote-cancelled', vote: 'vote:1' })
    chairs(writers, { kind: 'item-opened', item: statute })
    expect(writers.log.state.quorum?.counted).toBe(8)
  })

  test('what was counted before somebody declares a conflict is to be counted again', () => {
    const writers = opened()
    chairs(writers, { kind: 'item-opened', item: ordinary })
    chairs(writers, question())
    chairs(writers, counted(4, 2))
    writers.do(members[4]!, { kind: 'conflict-declared', person: persons[4]!, item: ordinary, away: 'table' })
    expect(chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })).toBe(undefined)
    expect(voteOf(writers)).toMatchObject({ status: 'counting' })
    expect(voteOf(writers)).not.toHaveProperty('tally')
    expect(chairs(writers, counted(4, 1))).toBe(undefined)
    expect(voteOf(writers)).toMatchObject({ status: 'decided', tally: { yes: 4, no: 1 } })
  })

  test('who declares a conflict during a vote has no vote in it any more, and does not count for it', () => {
    const writers = opened()
    chairs(writers, { kind: 'item-opened', item: ordinary })
    chairs(writers, question({ mode: 'devices' }))
    expect(voteOf(writers).present.counted).toBe(8)
    writers.do(hub, {
      kind: 'ballots-received',
      vote: 'vote:1',
      ballots: [{ person: persons[4]! }, { person: persons[5]! }],
    })
    writers.do(members[4]!, { kind: 'conflict-declared', person: persons[4]!, item: ordinary, away: 'table' })
    expect([...voteOf(writers).received.keys()]).toEqual([persons[5]])
    expect(voteOf(writers)).toMatchObject({ present: { counted: 7 }, quorum: { rule: 'with-conflicts', met: true } })
    chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
    const ballots = persons.slice(0, 8).map((person) => ({ person, choice: 'yes' as const }))
    writers.do(hub, { kind: 'vote-sealed', vote: 'vote:1', ballots, digest: 'x' })
    expect(voteOf(writers)).toMatchObject({ status: 'decided', tally: { yes: 7, no: 0 } })
  })

  test('exclusion takes three calls to order', () => {
    const writers = opened()
    const person = persons[4]!
    for (let calls = 0; calls < 3; calls += 1) {
      expect(chairs(writers, { kind: 'person-excluded', person })).toBe('rules-forbid')
      chairs(writers, { kind: 'called-to-order', person })
    }
    expect(chairs(writers, { kind: 'person-excluded', person })).toBe(undefined)
    expect(
      causeOf(writers, writers.do(members[4]!, { kind: 'person-arrived', person, mode: 'room', by: 'self' })),
    ).toBe('not-entitled')
  })
})

describe('a vote', () => {
  const voting = (more: Partial<DeedOf<'vote-opened'>> = {}): Writers => {
    const writers = opened()
    chairs(writers, { kind: 'item-opened', item: ordinary })
    expect(chairs(writers, question(more))).toBe(undefined)
    return writers
  }

  test('by hands is refused more votes than members, and a tie is a rejection', () => {
    const writers = voting()
    expect(chairs(writers, counted(5, 4))).toBe('implausible')
    expect(chairs(writers, counted(4, 4))).toBe(undefined)
    expect(voteOf(writers).status).toBe('open')
    chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
    expect(voteOf(writers)).toMatchObject({ status: 'decided', finding: { outcome: 'rejected', tie: true } })
  })

  test('closed before it was counted is decided by the count', () => {
    const writers = voting()
    chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
    expect(voteOf(writers).status).toBe('counting')
    chairs(writers, counted(5, 3))
    expect(voteOf(writers)).toMatchObject({ status: 'decided', finding: { outcome: 'accepted' } })
    expect(chairs(writers, counted(3, 5))).toBe('no-effect')
  })

  test('by roll call is what was called last when it closes', () => {
    const writers = voting({ mode: 'roll-call' })
    for (const person of persons.slice(0, 5))
      chairs(writers, { kind: 'roll-called', vote: 'vote:1', person, choice: 'yes' })
    chairs(writers, { kind: 'roll-called', vote: 'vote:1', person: persons[1]!, choice: 'no' })
    expect(chairs(writers, { kind: 'roll-called', vote: 'vote:1', person: persons[8]!, choice: 'no' })).toBe(
      'not-entitled',
    )
    chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
    expect(voteOf(writers).tally).toEqual({ yes: 4, no: 1, abstain: 0, invalid: 0 })
  })

  test('settled without objection is everybody’s; one objection, and it has to be counted', () => {
    const silent = voting({ mode: 'no-objection' })
    chairs(silent, { kind: 'vote-closed', vote: 'vote:1' })
    expect(voteOf(silent)).toMatchObject({ status: 'decided', tally: { yes: 8 }, finding: { outcome: 'accepted' } })
    const loud = voting({ mode: 'no-objection' })
    expect(chairs(loud, counted(8, 0))).toBe('rules-forbid')
    loud.do(members[5]!, { kind: 'objection-raised', vote: 'vote:1', person: persons[5]! })
    chairs(loud, { kind: 'vote-closed', vote: 'vote:1' })
    expect(voteOf(loud).status).toBe('counting')
    chairs(loud, counted(7, 1))
    expect(voteOf(loud).status).toBe('decided')
  })

  test('is secret on paper only', () => {
    const writers = opened()
    chairs(writers, { kind: 'item-opened', item: ordinary })
    expect(chairs(writers, question({ secret: true, mode: 'devices' }))).toBe('rules-forbid')
    expect(chairs(writers, question({ secret: true, mode: 'paper' }))).toBe(undefined)
  })

  test('carries its motion with it, and leaves it open when the body cannot decide', () => {
    const motion: Deed = {
      kind: 'motion-put',
      motion: 'motion:1',
      item: ordinary,
      form: 'main',
      persons: [],
      title: 'Antrag',
    }
    for (const [away, status] of [
      [[], 'accepted'],
      [[3, 4, 5, 6], 'open'],
    ] as const) {
      const writers = opened({}, away)
      chairs(writers, motion)
      chairs(writers, { kind: 'item-opened', item: ordinary })
      chairs(writers, question({ motion: 'motion:1' }))
      chairs(writers, counted(4, 0))
      chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
      expect(writers.log.state.motions.get('motion:1')?.status).toBe(status)
    }
  })

  test('that was closed in the meeting may be sealed after it', () => {
    const writers = voting({ mode: 'devices' })
    expect(chairs(writers, { kind: 'meeting-closed' })).toBe('rules-forbid')
    chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
    chairs(writers, { kind: 'meeting-closed' })
    writers.do(hub, {
      kind: 'vote-sealed',
      vote: 'vote:1',
      ballots: [{ person: persons[1]!, choice: 'no' }],
      digest: 'x',
    })
    expect(voteOf(writers)).toMatchObject({ status: 'decided', tally: { no: 1 } })
    expect(chairs(writers, { kind: 'item-opened', item: statute })).toBe('closed-already')
    expect(chairs(writers, { kind: 'note-added', text: 'Nachtrag' })).toBe(undefined)
  })
})

describe('an election', () => {
  const electing = (candidates: number): Writers => {
    const writers = opened()
    chairs(writers, { kind: 'item-opened', item: election })
    chairs(writers, {
      kind: 'election-opened',
      election: 'election:1',
      item: election,
      office: 'Beigeordnete',
      mode: 'paper',
    })
    for (let index = 0; index < candidates; index += 1)
      chairs(writers, {
        ...{ kind: 'candidate-nominated', election: 'election:1' },
        candidate: { candidate: `candidate:${index}`, name: `Person ${index}` },
      })
    return writers
  }
  const round = (writers: Writers, number: number, ...votes: readonly number[]): RefusalCause | undefined => {
    chairs(writers, { kind: 'round-opened', election: 'election:1', round: number })
    const among = writers.log.state.elections.get('election:1')!.rounds.at(-1)!.candidates
    return chairs(writers, {
      ...{ kind: 'round-counted', election: 'election:1', round: number, against: 0, abstain: 0, invalid: 0 },
      votes: votes.map((count, place) => ({ candidate: among[place]!, votes: count })),
    })
  }
  const electionOf = ({ log }: Writers) => log.state.elections.get('election:1')!

  test('ends with whoever has more than half of the valid votes', () => {
    const writers = electing(2)
    // The chair without an elected seat has no vote in elections: seven papers.
    expect(round(writers, 1, 5, 3)).toBe('implausible')
    expect(electionOf(writers).rounds[0]?.entitled).toBe(7)
    expect(round(writers, 1, 5, 2)).toBe(undefined)
    expect(electionOf(writers)).toMatchObject({
      status: 'decided',
      finding: { outcome: 'elected', candidates: ['candidate:0'] },
    })
  })

  test('goes on to a run-off of two, and ends by lot when that is a tie', () => {
    const writers = electing(3)
    round(writers, 1, 3, 2, 1)
    expect(electionOf(writers)).toMatchObject({ status: 'counted', finding: { outcome: 'next-round' } })
    round(writers, 2, 3, 2, 1)
    expect(electionOf(writers).finding).toMatchObject({
      outcome: 'run-off',
      candidates: ['candidate:0', 'candidate:1'],
    })
    round(writers, 3, 3, 3)
    expect(electionOf(writers).status).toBe('lot')
    expect(chairs(writers, { kind: 'lot-drawn', election: 'election:1', candidate: 'candidate:2' })).toBe('unknown')
    chairs(writers, { kind: 'lot-drawn', election: 'election:1', candidate: 'candidate:1' })
    expect(electionOf(writers)).toMatchObject({
      status: 'decided',
      finding: { outcome: 'elected', candidates: ['candidate:1'], byLot: true },
    })
  })

  test('draws as many lots as places in the run-off are open', () => {
    const writers = electing(3)
    round(writers, 1, 2, 2, 2)
    round(writers, 2, 2, 2, 2)
    expect(electionOf(writers)).toMatchObject({ status: 'lot', finding: { lotFor: 'run-off', places: 2 } })
    chairs(writers, { kind: 'lot-drawn', election: 'election:1', candidate: 'candidate:2' })
    expect(electionOf(writers).status).toBe('lot')
    chairs(writers, { kind: 'lot-drawn', election: 'election:1', candidate: 'candidate:0' })
    expect(electionOf(writers)).toMatchObject({ status: 'counted', drawn: ['candidate:2', 'candidate:0'] })
    round(writers, 3, 4, 2)
    expect(electionOf(writers).status).toBe('decided')
  })
})

test.for(ruleSets)('another order of the items is for those to decide whom the law names ($id)', (law) => {
  const writers = opened({ rules: law.id })
  const moved: Deed = { kind: 'item-moved', item: statute, before: ordinary }
  expect(chairs(writers, moved)).toBe(law.agenda.movedBy === 'body' ? 'needs-a-vote' : undefined)
  chairs(writers, question({ item: null, subject: 'procedure' }))
  chairs(writers, counted(5, 3))
  chairs(writers, { kind: 'vote-closed', vote: 'vote:1' })
  expect(chairs(writers, { ...moved, vote: 'vote:1' })).toBeUndefined()
  expect(writers.log.state.agenda.map(({ item }) => item).slice(0, 2)).toEqual([statute, ordinary])
})
