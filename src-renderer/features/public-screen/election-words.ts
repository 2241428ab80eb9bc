import type { PublicElection } from '../../../shared/council/meeting-progress.ts'
import { m } from '../../../shared/i18n/index.ts'

/** How an election stands: who is elected, by name, or that it goes on. */
export function electionInWords({ elected, candidates, byLot }: PublicElection): string {
  if (elected.length === 0) return m.site_live_electing()
  const nameOf = (id: string): string =>
    candidates.find(({ candidate }) => candidate === id)?.name ?? m.site_live_withdrawn()
  const name = elected.map(nameOf).join(', ')
  return byLot ? m.site_live_elected_by_lot({ name }) : m.site_live_elected({ name })
}
