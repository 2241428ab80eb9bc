import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { majorities, type Tally } from '../../council/events/vote.ts'
import { judgeInvitation, latestInvitationDay } from '../deadline.ts'
import { electionFinding, type ElectionFinding } from '../election.ts'
import { voteFinding } from '../majority.ts'
import type { ElectionRound } from '../meeting/state.ts'
import { quorumFinding } from '../quorum.ts'
import { ruleSets, statutoryNumberOf } from './index.ts'
import type { RuleSet } from './rule-set.ts'

const rules = fc.constantFrom(...ruleSets)
const majority = fc.constantFrom(...majorities)

/** A counted vote that can happen: no more votes than members present, no more present than the body has. */
const question = fc
  .record({ present: fc.integer({ min: 1, max: 80 }), empty: fc.integer({ min: 0, max: 20 }), majority })
  .chain(({ present, empty, majority: kind }) =>
    fc.array(fc.constantFrom('yes', 'no', 'abstain', 'invalid'), { maxLength: present }).map((choices) => ({
      majority: kind,
      present,
      statutoryNumber: present + empty,
      quorate: true,
      tally: {
        yes: choices.filter((some) => some === 'yes').length,
        no: choices.filter((some) => some === 'no').length,
        abstain: choices.filter((some) => some === 'abstain').length,
        invalid: choices.filter((some) => some === 'invalid').length,
      } satisfies Tally,
    })),
  )

describe('votes', () => {
  it('one more in favour never turns an accepted motion into a rejected one', () => {
    fc.assert(
      fc.property(rules, question, (law, asked) => {
        const more = { ...asked, present: asked.present + 1, statutoryNumber: asked.statutoryNumber + 1 }
        const before = voteFinding(law, { ...more, tally: asked.tally })
        const after = voteFinding(law, { ...more, tally: { ...asked.tally, yes: asked.tally.yes + 1 } })
        expect(before.outcome === 'accepted' && after.outcome === 'rejected').toBe(false)
      }),
    )
  })

  it('one more against never turns a rejected motion into an accepted one', () => {
    fc.assert(
      fc.property(rules, question, (law, asked) => {
        const more = { ...asked, present: asked.present + 1, statutoryNumber: asked.statutoryNumber + 1 }
        const before = voteFinding(law, { ...more, tally: asked.tally })
        const after = voteFinding(law, { ...more, tally: { ...asked.tally, no: asked.tally.no + 1 } })
        expect(before.outcome === 'rejected' && after.outcome === 'accepted').toBe(false)
      }),
    )
  })

  it('abstentions and invalid papers never change a simple majority', () => {
    fc.assert(
      fc.property(rules, question, fc.nat(50), fc.nat(50), (law, asked, abstain, invalid) => {
        const simple = { ...asked, majority: 'simple' as const }
        const others = voteFinding(law, { ...simple, tally: { ...asked.tally, abstain, invalid } })
        const { outcome, needed, of } = voteFinding(law, simple)
        expect(others).toMatchObject({ outcome, needed, of })
      }),
    )
  })

  it('a tie is always rejected', () => {
    fc.assert(
      fc.property(rules, question, (law, asked) => {
        const tied = { ...asked.tally, yes: Math.min(asked.tally.yes, asked.tally.no) }
        const finding = voteFinding(law, { ...asked, tally: { ...tied, no: tied.yes } })
        expect(finding).toMatchObject({ outcome: 'rejected', tie: true })
      }),
    )
  })

  it('a tie is rejected even where the share of the majority is a half itself', () => {
    for (const law of ruleSets) {
      const simple = {
        ...law.votes.majorities.simple,
        share: { bound: 'at-least', numerator: 1, denominator: 2 },
      } as const
      const half: RuleSet = { ...law, votes: { ...law.votes, majorities: { ...law.votes.majorities, simple } } }
      const tally = { yes: 5, no: 5, abstain: 0, invalid: 0 }
      const asked = { majority: 'simple', tally, statutoryNumber: 10, present: 10, quorate: true } as const
      expect(voteFinding(half, asked)).toMatchObject({ outcome: 'rejected', source: law.votes.tie.source })
    }
  })

  it('what is needed is the smallest number that is accepted, everybody else being against', () => {
    fc.assert(
      fc.property(rules, majority, fc.integer({ min: 1, max: 80 }), (law, kind, voters) => {
        const outcomeOf = (yes: number) =>
          voteFinding(law, {
            majority: kind,
            tally: { yes, no: voters - yes, abstain: 0, invalid: 0 },
            present: voters,
            statutoryNumber: voters,
            quorate: true,
          })
        const all = Array.from({ length: voters + 1 }, (_, yes) => outcomeOf(yes))
        expect(all.findIndex(({ outcome }) => outcome === 'accepted')).toBe(all[0]!.needed)
      }),
    )
  })

  it('without a quorum nothing is decided', () => {
    fc.assert(
      fc.property(rules, question, (law, asked) => {
        expect(voteFinding(law, { ...asked, quorate: false }).outcome).toBe('not-quorate')
      }),
    )
  })
})

describe('quorum', () => {
  const stage = fc.record({
    statutoryNumber: fc.integer({ min: 3, max: 80 }),
    call: fc.constantFrom('first' as const, 'second' as const),
    room: fc.nat(80),
    remote: fc.nat(80),
    remoteCounts: fc.boolean(),
    conflicts: fc.nat(10),
  })

  it('is never lost by one more member in the room, nor by one more from elsewhere', () => {
    fc.assert(
      fc.property(rules, stage, (law, asked) => {
        const { met } = quorumFinding(law, asked)
        expect(!met || quorumFinding(law, { ...asked, room: asked.room + 1 }).met).toBe(true)
        expect(!met || quorumFinding(law, { ...asked, remote: asked.remote + 1 }).met).toBe(true)
      }),
    )
  })

  it('is never lost because remote members count', () => {
    fc.assert(
      fc.property(rules, stage, (law, asked) => {
        const without = quorumFinding(law, { ...asked, remoteCounts: false })
        expect(!without.met || quorumFinding(law, { ...asked, remoteCounts: true }).met).toBe(true)
      }),
    )
  })

  it('is met exactly when as many count as are needed, and a second call never needs more', () => {
    fc.assert(
      fc.property(rules, stage, (law, asked) => {
        const finding = quorumFinding(law, asked)
        expect(finding.met).toBe(finding.counted >= finding.needed)
        const first = quorumFinding(law, { ...asked, call: 'first' })
        expect(quorumFinding(law, { ...asked, call: 'second' }).needed).toBeLessThanOrEqual(first.needed)
      }),
    )
  })
})

const names = ['anna', 'ben', 'cem', 'dora', 'emil']
const counted = (candidates: readonly string[], votes: readonly number[], round: number): ElectionRound => ({
  round,
  candidates,
  entitled: votes.reduce((sum, some) => sum + some, 0),
  count: {
    votes: new Map(candidates.map((candidate, index) => [candidate, votes[index] ?? 0])),
    against: 0,
    abstain: 0,
    invalid: 0,
  },
})

/** Holds an election round by round as the findings ask for it, drawing every lot; until it ends or the votes do. */
function hold(law: RuleSet, candidates: readonly string[], votes: readonly (readonly number[])[]) {
  const rounds: ElectionRound[] = []
  const findings: ElectionFinding[] = []
  let admitted = candidates
  for (const [index, some] of votes.entries()) {
    rounds.push(counted(admitted, some, index + 1))
    let finding = electionFinding(law, { rounds })!
    if (finding.outcome === 'lot') {
      const lot = finding.candidates.slice(0, finding.places)
      finding = electionFinding(law, { rounds, lot })!
    }
    findings.push(finding)
    if (finding.outcome === 'elected' || finding.outcome === 'not-elected') break
    admitted = finding.candidates
  }
  return findings
}

describe('elections', () => {
  const field = fc.integer({ min: 2, max: 5 }).map((count) => names.slice(0, count))
  const papers = fc.array(fc.nat(20), { minLength: 5, maxLength: 5 })

  it('end within their open rounds and a run-off, besides rounds that are repeated', () => {
    fc.assert(
      fc.property(rules, field, fc.array(papers, { minLength: 3, maxLength: 8 }), (law, candidates, votes) => {
        const findings = hold(law, candidates, votes)
        const ends = findings.findIndex(({ outcome }) => outcome === 'elected' || outcome === 'not-elected')
        const repeats = findings.filter(({ repeated }) => repeated !== undefined).length
        const lastCounting = ends === -1 ? findings.length : ends + 1
        expect(lastCounting - repeats).toBeLessThanOrEqual(law.elections.openRounds + 1)
        expect(ends !== -1 || votes.length - repeats <= law.elections.openRounds).toBe(true)
      }),
    )
  })

  it('elect whoever has more than half of the valid votes, and nobody else before the run-off', () => {
    fc.assert(
      fc.property(rules, field, papers, (law, candidates, votes) => {
        const some = votes.slice(0, candidates.length)
        const total = some.reduce((sum, one) => sum + one, 0)
        const winner = candidates.filter((_, index) => some[index]! * 2 > total)
        const finding = electionFinding(law, { rounds: [counted(candidates, some, 1)] })!
        expect(finding.outcome === 'elected').toBe(winner.length === 1)
        if (winner.length === 1) expect(finding.candidates).toEqual(winner)
      }),
    )
  })

  it('treat candidates alike: other names for them give the same result under those names', () => {
    fc.assert(
      fc.property(
        rules,
        field,
        fc.array(papers, { minLength: 1, maxLength: 3 }),
        fc.shuffledSubarray(names, { minLength: 5, maxLength: 5 }),
        (law, candidates, votes, shuffled) => {
          const rename = (name: string): string => shuffled[names.indexOf(name)]!
          const rounds = votes.map((some, index) => counted(candidates, some, index + 1))
          const renamed = votes.map((some, index) => counted(candidates.map(rename), some, index + 1))
          const before = electionFinding(law, { rounds })!
          const after = electionFinding(law, { rounds: renamed })!
          expect(after).toEqual({
            ...before,
            candidates: before.candidates.map(rename),
            admitted: before.admitted.map(rename),
          })
        },
      ),
    )
  })

  it('say nothing while no round is counted', () => {
    for (const law of ruleSets)
      expect(electionFinding(law, { rounds: [{ round: 1, candidates: ['anna'], entitled: 9 }] })).toBeUndefined()
  })

  it('the lot falls on one of those among whom it is drawn, whoever is named', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 30 }), fc.constantFrom(...names), (law, each, lot) => {
        const tied = Array.from({ length: law.elections.openRounds + 1 }, (_, index) =>
          counted(['anna', 'ben'], [each, each], index + 1),
        )
        const finding = electionFinding(law, { rounds: tied, lot })!
        const drawn = lot === 'anna' || lot === 'ben'
        expect(finding).toMatchObject(drawn ? { outcome: 'elected', candidates: [lot] } : { outcome: 'lot' })
      }),
    )
  })
})

describe('invitations', () => {
  const day = fc
    .integer({ min: Date.UTC(2024, 0, 1) / 86_400_000, max: Date.UTC(2034, 0, 1) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

  it('on the latest day they are in time, and on the day after it they are not', () => {
    fc.assert(
      fc.property(rules, day, (law, meeting) => {
        const sent = latestInvitationDay(law, meeting, { urgent: false })
        expect(judgeInvitation(law, { sent, meeting, urgent: false }).outcome).toBe('in-time')
        const next = new Date(Date.parse(`${sent}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
        expect(judgeInvitation(law, { sent: next, meeting, urgent: false }).outcome).toBe('late')
      }),
    )
  })
})

describe('numbers of members', () => {
  it('grow with the town', () => {
    fc.assert(
      fc.property(rules, fc.nat(700_000), fc.nat(100_000), (law, inhabitants, more) => {
        expect(statutoryNumberOf(law, inhabitants + more)!).toBeGreaterThanOrEqual(statutoryNumberOf(law, inhabitants)!)
      }),
    )
  })
})
