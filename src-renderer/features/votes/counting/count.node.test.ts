import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTallies, allFor, checkCount, fillRest, votesIn, type CountDraft } from './count.ts'

const number = fc.nat(60)
const tally = fc.record({ yes: number, no: number, abstain: number, invalid: number })
const typed = ({ yes, no, abstain, invalid }: Record<keyof CountDraft, number>): CountDraft => ({
  yes: String(yes),
  no: ` ${no}`,
  abstain: String(abstain),
  invalid: String(invalid),
})

test('law: a count is taken exactly when no more votes than entitled members are in it', () => {
  fc.assert(
    fc.property(tally, number, (counted, entitled) => {
      const checked = checkCount(typed(counted), { entitled, abstention: true })
      expect(checked.tally).toEqual(votesIn(counted) <= entitled ? counted : undefined)
      expect(checked.uncounted).toBe(entitled - votesIn(counted))
    }),
  )
})

test('law: filling up the rest leaves nobody uncounted and changes no other number', () => {
  fc.assert(
    fc.property(tally, number, fc.constantFrom('yes', 'no', 'abstain', 'invalid'), (counted, entitled, field) => {
      fc.pre(votesIn({ ...counted, [field]: 0 }) <= entitled)
      const filled = fillRest(typed(counted), field, entitled)
      const checked = checkCount(filled, { entitled, abstention: true })
      expect(checked.uncounted).toBe(0)
      expect({ ...checked.tally, [field]: 0 }).toEqual({ ...counted, [field]: 0 })
    }),
  )
})

test('law: tallies of factions add up to the tally of all', () => {
  fc.assert(
    fc.property(fc.array(tally), (tallies) => {
      expect(votesIn(addTallies(tallies))).toBe(tallies.reduce((sum, one) => sum + votesIn(one), 0))
    }),
  )
})

test('names what is wrong, field by field', () => {
  const check = (draft: Partial<CountDraft>, abstention = true) =>
    checkCount({ yes: '1', no: '1', abstain: '0', invalid: '0', ...draft }, { entitled: 10, abstention }).faults
  expect({
    empty: check({ yes: '' }),
    letters: check({ no: 'vier' }),
    negative: check({ no: '-1' }),
    half: check({ yes: '1,5' }),
    many: check({ yes: '12' }),
    abstained: check({ abstain: '1' }, false),
    fine: check({ yes: '9' }),
  }).toEqual({
    empty: [{ kind: 'missing', field: 'yes' }],
    letters: [{ kind: 'not-a-number', field: 'no' }],
    negative: [{ kind: 'not-a-number', field: 'no' }],
    half: [{ kind: 'not-a-number', field: 'yes' }],
    many: [{ kind: 'too-many', counted: 13, entitled: 10 }],
    abstained: [{ kind: 'no-abstention' }],
    fine: [],
  })
})

test('a faction that votes as one is one press', () => {
  expect(allFor('no', 12)).toEqual({ yes: '0', no: '12', abstain: '0', invalid: '0' })
})
