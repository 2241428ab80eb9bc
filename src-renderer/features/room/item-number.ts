import type { MeetingState } from '../../../shared/rules/meeting/state.ts'

/**
 * Number of an item: as it was printed with the invitation, whatever moved since; added items are counted on. Undefined
 * for an item that the log does not know.
 */
export function itemNumber(state: MeetingState, item: string): number | undefined {
  const printed = state.constitution?.agenda ?? []
  const at = printed.findIndex((entry) => entry.item === item)
  if (at >= 0) return at + 1
  const added = state.agenda.filter((entry) => !printed.some(({ item: known }) => known === entry.item))
  const place = added.findIndex((entry) => entry.item === item)
  return place >= 0 ? printed.length + place + 1 : undefined
}
