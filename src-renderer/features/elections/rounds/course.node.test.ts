import { expect, test } from 'vitest'
import { electionFinding } from '../../../../shared/rules/election.ts'
import { defaultRuleSet } from '../../../../shared/rules/law/index.ts'
import type { Election, ElectionRound } from '../../../../shared/rules/meeting/state.ts'
import { candidatesNow, kindOfRound, runningElection } from './course.ts'

const counted = (round: number, votes: Record<string, number>): ElectionRound => ({
  round,
  candidates: Object.keys(votes),
  entitled: 53,
  count: { votes: new Map(Object.entries(votes)), against: 0, abstain: 0, invalid: 0 },
})
const election = (id: string, item: string, status: Election['status']): Election => ({
  election: id,
  item,
  office: 'Amt',
  mode: 'paper',
  candidates: [
    { candidate: 'a', name: 'A' },
    { candidate: 'b', name: 'B' },
  ],
  withdrawn: ['b'],
  rounds: [],
  drawn: [],
  status,
  entitled: [],
  inPublic: true,
  about: [],
})

test('after two open rounds comes the run-off, also when the lot says who is in it', () => {
  const rounds = [counted(1, { a: 20, b: 20, c: 10 }), counted(2, { a: 20, b: 18, c: 12 })]
  expect([1, 2, 3].map((round) => kindOfRound(defaultRuleSet, rounds, round))).toEqual(['round', 'round', 'run-off'])
  const tied = [counted(1, { a: 20, b: 15, c: 15 }), counted(2, { a: 20, b: 15, c: 15 })]
  expect(kindOfRound(defaultRuleSet, tied, 3)).toBe('run-off')
})

test('who withdrew stands no more, whom the law does not admit neither', () => {
  const rounds = [counted(1, { a: 20, b: 20 })]
  const finding = { ...electionFinding(defaultRuleSet, { rounds })!, candidates: ['a'] }
  expect(candidatesNow(election('1', 'x', 'nominating'))).toEqual(['a'])
  expect(candidatesNow({ ...election('1', 'x', 'counted'), withdrawn: [], finding })).toEqual(['a'])
})

test('the election on the open item goes before others under way; what is decided is not under way', () => {
  const elections = new Map(
    [election('1', 'x', 'voting'), election('2', 'y', 'lot'), election('3', 'x', 'decided')].map((one) => [
      one.election,
      one,
    ]),
  )
  expect(runningElection({ elections, current: 'x' })?.election).toBe('1')
  expect(runningElection({ elections, current: 'z' })?.election).toBe('2')
  expect(runningElection({ elections: new Map(), current: 'x' })).toBeUndefined()
})
