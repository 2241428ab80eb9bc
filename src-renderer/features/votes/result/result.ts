import { choices, type Ballot, type Choice, type Tally } from '../../../../shared/council/events/vote.ts'
import type { Constitution } from '../../../../shared/council/events/constitution.ts'
import type { Vote } from '../../../../shared/rules/meeting/state.ts'
import { tallyFields, votesIn, type TallyField } from '../counting/count.ts'

export interface Bar {
  readonly field: TallyField
  readonly count: number
  /** Share of all votes counted, 0 to 1; 0 when none was. */
  readonly share: number
}

/** One bar for each number; invalid votes only where there are any. */
export function barsOf(tally: Tally): Bar[] {
  const all = votesIn(tally)
  return tallyFields
    .filter((field) => field !== 'invalid' || tally.invalid > 0)
    .map((field) => ({ field, count: tally[field], share: all === 0 ? 0 : tally[field] / all }))
}

export interface FactionTally {
  /** Null: members of no faction. */
  readonly faction: string | null
  readonly name: string | undefined
  readonly tally: Tally
}

type Counted = Pick<Vote, 'factions' | 'ballots' | 'called' | 'status'>

/** How each faction voted: as it was counted, or from open ballots. Empty where neither is known. */
export function factionTallies(vote: Counted, constitution: Constitution | undefined): FactionTally[] {
  const nameOf = (faction: string | null): string | undefined =>
    constitution?.factions.find(({ organization }) => organization === faction)?.name
  const order = [...(constitution?.factions ?? []).map(({ organization }) => organization), null]
  if (vote.factions)
    return vote.factions
      .map((row) => ({ ...row, name: nameOf(row.faction) }))
      .sort((a, b) => order.indexOf(a.faction) - order.indexOf(b.faction))
  const seats = new Map((constitution?.seats ?? []).map((seat) => [seat.person, seat.faction ?? null]))
  const rows = new Map<string | null, Tally>()
  for (const { person, choice } of openBallots(vote)) {
    const faction = seats.get(person) ?? null
    const tally = rows.get(faction) ?? { yes: 0, no: 0, abstain: 0, invalid: 0 }
    rows.set(faction, { ...tally, [choice]: tally[choice] + 1 })
  }
  return order.flatMap((faction) => {
    const tally = rows.get(faction)
    return tally ? [{ faction, name: nameOf(faction), tally }] : []
  })
}

/** Who voted how, where that is open: sealed ballots of devices, or names called aloud. */
export function openBallots(vote: Counted): readonly Ballot[] {
  if (vote.status !== 'decided') return []
  return vote.ballots ?? [...vote.called].map(([person, choice]) => ({ person, choice }))
}

/** Names behind each choice, in alphabetical order; choices of nobody are left out. */
export function namesByChoice(
  ballots: readonly Ballot[],
  nameOf: (person: string) => string,
): { choice: Choice; names: string[] }[] {
  const collator = new Intl.Collator('de')
  return choices.flatMap((choice) => {
    const names = ballots.filter((ballot) => ballot.choice === choice).map(({ person }) => nameOf(person))
    return names.length > 0 ? [{ choice, names: names.sort(collator.compare) }] : []
  })
}
