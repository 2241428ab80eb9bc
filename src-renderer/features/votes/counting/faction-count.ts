import type { Tally } from '../../../../shared/council/events/vote.ts'
import type { Constitution } from '../../../../shared/council/events/constitution.ts'
import { addTallies, checkCount, emptyCount, type CheckedCount, type CountDraft } from './count.ts'

export interface FactionRow {
  /** Null: members of no faction. */
  readonly faction: string | null
  readonly name: string | undefined
  readonly entitled: number
  readonly draft: CountDraft
}

/** One row for each faction with members who may vote, those of no faction last. */
export function factionRows(entitled: readonly string[], constitution: Constitution | undefined): FactionRow[] {
  const factionOf = new Map((constitution?.seats ?? []).map((seat) => [seat.person, seat.faction ?? null]))
  const known = constitution?.factions ?? []
  return [...known, { organization: null, name: undefined }].flatMap(({ organization, name }) => {
    const members = entitled.filter((person) => (factionOf.get(person) ?? null) === organization).length
    return members > 0 ? [{ faction: organization, name, entitled: members, draft: emptyCount }] : []
  })
}

export interface CheckedFactions {
  readonly rows: readonly CheckedCount[]
  /** What has a number so far. */
  readonly sum: Tally
  readonly complete:
    { readonly tally: Tally; readonly factions: { faction: string | null; tally: Tally }[] } | undefined
}

/** Each faction is judged by its own members: five votes of four are too many, whatever the others did. */
export function checkFactions(rows: readonly FactionRow[], abstention: boolean): CheckedFactions {
  const checked = rows.map(({ draft, entitled }) => checkCount(draft, { entitled, abstention }))
  const tallies = checked.flatMap(({ tally }) => tally ?? [])
  const sum = addTallies(tallies)
  const factions = rows.flatMap(({ faction }, index) => {
    const tally = checked[index]?.tally
    return tally ? [{ faction, tally }] : []
  })
  return { rows: checked, sum, complete: factions.length === rows.length ? { tally: sum, factions } : undefined }
}
