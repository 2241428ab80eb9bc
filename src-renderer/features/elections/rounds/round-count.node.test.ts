import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRound, emptyRound, type RoundDraft } from './round-count.ts'

const candidates = ['candidate:a', 'candidate:b', 'candidate:c']
const draftOf = (votes: readonly number[], against: number, abstain: number, invalid: number): RoundDraft => ({
  votes: Object.fromEntries(votes.map((some, index) => [candidates[index]!, String(some)])),
  others: { against: String(against), abstain: ` ${abstain}`, invalid: String(invalid) },
})
const papers = fc.nat(30)

test('law: papers are taken exactly when no more are counted than members could hand in', () => {
  fc.assert(
    fc.property(
      fc.array(papers, { minLength: 1, maxLength: 3 }),
      papers,
      papers,
      papers,
      papers,
      (votes, against, abstain, invalid, entitled) => {
        const round = { candidates: candidates.slice(0, votes.length), entitled }
        const counted =
          votes.reduce((sum, some) => sum + some, 0) + (votes.length === 1 ? against : 0) + abstain + invalid
        const checked = checkRound(draftOf(votes, against, abstain, invalid), round)
        expect(checked.uncounted).toBe(entitled - counted)
        expect(checked.count === undefined).toBe(counted > entitled)
      },
    ),
  )
})

test('an empty field is named, a vote against is asked for only where one person stands', () => {
  const alone = { candidates: ['candidate:a'], entitled: 3 }
  const several = { candidates, entitled: 3 }
  expect(checkRound(emptyRound(alone), alone).faults).toEqual([
    { kind: 'missing', field: 'candidate:a' },
    { kind: 'missing', field: 'against' },
  ])
  expect(checkRound(emptyRound(several), several).faults.map((fault) => 'field' in fault && fault.field)).toEqual(
    candidates,
  )
  expect(checkRound(draftOf([1, 1, 1], 5, 0, 0), several).count).toMatchObject({ against: 0 })
})

test('what is no number and what is too many is told apart', () => {
  const round = { candidates: ['candidate:a'], entitled: 4 }
  expect(
    checkRound({ votes: { 'candidate:a': '5' }, others: { against: 'x', abstain: '0', invalid: '0' } }, round).faults,
  ).toEqual([
    { kind: 'not-a-number', field: 'against' },
    { kind: 'too-many', counted: 5, entitled: 4 },
  ])
})
