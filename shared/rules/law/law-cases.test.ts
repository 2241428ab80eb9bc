import { describe, expect, it } from 'vitest'
import { findingOfCase } from './case-findings.ts'
import { lawCases, type Stage } from './cases/index.ts'
import { ruleSets } from './index.ts'

/** Compared even where a case leaves them out: they must not be there then. */
const optional = ['irregular', 'lotFor', 'repeated', 'because']

describe('the law decides every case of the table as it is written', () => {
  it.each(lawCases.map((law) => [law.id, law] as const))('%s', (_, law) => {
    const { finding } = findingOfCase(law)
    const keys = [...Object.keys(law.expected), ...optional]
    const found = Object.fromEntries(keys.map((key) => [key, (finding as unknown as Record<string, unknown>)[key]]))
    expect(found).toEqual(law.expected)
  })
})

describe('the table itself', () => {
  it('has enough cases, each with an id of its own, a title, a situation and a source', () => {
    expect(lawCases.length).toBeGreaterThanOrEqual(150)
    expect(new Set(lawCases.map(({ id }) => id)).size).toBe(lawCases.length)
    for (const { title, situation, source } of lawCases) {
      expect(title).not.toBe('')
      expect(situation).not.toBe('')
      expect(source.place).toMatch(/^(§|Art\.) /)
    }
  })

  it('has cases for every rule set', () => {
    for (const { id } of ruleSets) expect(lawCases.filter(({ rules }) => rules === id).length).toBeGreaterThan(30)
  })

  it('can be staged: nobody is in two places, and no more votes are cast than members who may vote', () => {
    for (const law of lawCases) {
      if (law.about !== 'quorum' && law.about !== 'vote') continue
      const { room, remote, conflicts, members, statutoryNumber, chair }: Stage = law.input
      expect(room + remote + conflicts, law.id).toBeLessThanOrEqual(members ?? statutoryNumber)
      if (chair === 'by-office') expect(room, law.id).toBeGreaterThanOrEqual(1)
      const finding = findingOfCase(law)
      if (law.about !== 'vote' || finding.about !== 'vote') continue
      const { yes, no, abstain, invalid } = law.input.tally
      expect(yes + no + abstain + invalid, law.id).toBeLessThanOrEqual(finding.quorum.counted)
    }
  })
})
