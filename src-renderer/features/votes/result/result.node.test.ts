import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choices } from '../../../../shared/council/events/vote.ts'
import { addTallies, votesIn } from '../counting/count.ts'
import { checkFactions, factionRows } from '../counting/faction-count.ts'
import { progressOf } from '../casting/progress.ts'
import { councilOf53, personAt } from '../testing/council.ts'
import { barsOf, factionTallies, namesByChoice, openBallots } from './result.ts'

const council = councilOf53()
const persons = council.seats.map(({ person }) => person)
const ballots = fc
  .subarray(persons)
  .chain((some) =>
    fc.tuple(...some.map((person) => fc.record({ person: fc.constant(person), choice: fc.constantFrom(...choices) }))),
  )
const voteWith = (given: readonly { person: string; choice: (typeof choices)[number] }[]) =>
  ({ status: 'decided', ballots: given, called: new Map() }) as const

test('law: the factions’ numbers add up to all open ballots, and everybody is named once', () => {
  fc.assert(
    fc.property(ballots, (given) => {
      const vote = voteWith(given)
      const sum = addTallies(factionTallies(vote, council).map(({ tally }) => tally))
      for (const choice of choices) expect(sum[choice]).toBe(given.filter((ballot) => ballot.choice === choice).length)
      const named = namesByChoice(openBallots(vote), (person) => person).flatMap(({ names }) => names)
      expect(named.toSorted()).toEqual(given.map(({ person }) => person).toSorted())
    }),
  )
})

test('no ballot is read out of a vote that is not decided', () => {
  const given = [{ person: personAt(1), choice: 'no' }] as const
  expect(openBallots({ ...voteWith(given), status: 'open' })).toEqual([])
  expect(openBallots({ status: 'counting', called: new Map([[personAt(1), 'yes']]) })).toEqual([])
})

test('law: shares of a tally add up to one, and no choice hides behind another', () => {
  const count = fc.nat(60)
  fc.assert(
    fc.property(fc.record({ yes: count, no: count, abstain: count, invalid: count }), (tally) => {
      const bars = barsOf(tally)
      expect(bars.reduce((sum, { count: some }) => sum + some, 0)).toBe(votesIn(tally))
      const shares = bars.reduce((sum, { share }) => sum + share, 0)
      expect(shares).toBeCloseTo(votesIn(tally) === 0 ? 0 : 1)
      expect(bars.slice(0, 3).map(({ field }) => field)).toEqual(choices)
    }),
  )
})

test('law: a row for every faction with members entitled, whose members are all of them', () => {
  fc.assert(
    fc.property(fc.subarray(persons), (entitled) => {
      const rows = factionRows(entitled, council)
      expect(rows.reduce((sum, row) => sum + row.entitled, 0)).toBe(entitled.length)
      expect(rows.every((row) => row.entitled > 0)).toBe(true)
      const filled = rows.map((row) => ({
        ...row,
        draft: { yes: String(row.entitled), no: '0', abstain: '0', invalid: '0' },
      }))
      expect(checkFactions(filled, true).complete?.tally.yes).toBe(entitled.length)
    }),
  )
})

test('a count by faction is complete only when each faction’s is, and plausible', () => {
  const rows = factionRows(persons, council)
  expect(checkFactions(rows, true).complete).toBeUndefined()
  const tooMany = rows.map((row, index) => ({
    ...row,
    draft: { yes: String(row.entitled + (index === 0 ? 1 : 0)), no: '0', abstain: '0', invalid: '0' },
  }))
  expect(checkFactions(tooMany, true).complete).toBeUndefined()
})

test('progress tells who has voted by device or aloud, and what was entered for whom', () => {
  const entered = { by: 'chair', reason: 'Akku leer' }
  const progress = progressOf({
    entitled: persons.slice(0, 4),
    received: new Map([
      [persons[0]!, {}],
      [persons[1]!, { entered }],
    ]),
    called: new Map([[persons[2]!, 'yes']]),
  })
  expect(progress).toEqual({ done: 3, of: 4, missing: [persons[3]], entered: [{ person: persons[1], ...entered }] })
})
