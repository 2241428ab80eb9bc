import { seatOf, type MeetingState } from '../../meeting/state.ts'
import type { LegalSource } from '../../law/index.ts'
import type { MinutesSource } from '../source.ts'
import { happeningsOf } from '../telling/happenings.ts'
import { meetingAtOpening, presidenciesOf } from '../telling/presidency.ts'
import { minutesIn, staysIn } from './stays.ts'

/** What a town pays its council for a meeting. Amounts are cents. */
export interface AllowanceRules {
  readonly per: 'meeting' | 'started-hour'
  readonly amount: number
  /** Hours that are paid at most for one meeting; null: all of them. */
  readonly mostHours: number | null
  /** On top, for each meeting, for whoever presided and for the chairs of factions. */
  readonly extra: { readonly chair: number; readonly factionChair: number }
  readonly source: LegalSource
}

/** As the demo town's Hauptsatzung has it; every town sets its own amounts (GemO RLP § 18). */
export const demoAllowance: AllowanceRules = {
  per: 'meeting',
  amount: 4000,
  mostHours: null,
  extra: { chair: 4000, factionChair: 2000 },
  source: { law: 'Hauptsatzung', place: '§ 6' },
}

export interface AllowanceRow {
  readonly person: string
  readonly name: string
  readonly faction?: string
  /** Whole minutes in the meeting. */
  readonly minutes: number
  readonly amount: number
}

/**
 * What each elected member who was there gets for a meeting that is over, in the order of the roster; somebody who
 * presided for a time gets the extra once. Who belongs to the body by another office, such as a full-time mayor, is paid
 * for that.
 */
export function allowanceRows(
  source: MinutesSource,
  rules: AllowanceRules,
  factionChairs: ReadonlySet<string>,
): AllowanceRow[] {
  const { state, events } = source
  if (state.closed === undefined) return []
  const happenings = happeningsOf(state, events)
  const presidencies = presidenciesOf(happenings, meetingAtOpening(source, happenings))
  const offices = { presided: new Set(presidencies.map(({ person }) => person)), factionChairs }
  return [...state.attendance.values()]
    .flatMap((attendance) => {
      const seat = seatOf(state, attendance.person)
      const stays = staysIn(state, attendance)
      if (!seat?.elected || stays.length === 0) return []
      const minutes = minutesIn(stays)
      const { person, name } = seat
      const faction = state.constitution?.factions.find(({ organization }) => organization === seat.faction)?.name
      const amount = amountFor(rules, minutes) + extraFor(rules, person, offices)
      return [{ person, name, ...(faction === undefined ? {} : { faction }), minutes, amount }]
    })
    .sort((a, b) => placeOf(state, a.person) - placeOf(state, b.person))
}

const placeOf = (state: MeetingState, person: string): number =>
  state.constitution?.seats.findIndex((seat) => seat.person === person) ?? 0

function amountFor({ per, amount, mostHours }: AllowanceRules, minutes: number): number {
  if (per === 'meeting') return amount
  const hours = Math.max(1, Math.ceil(minutes / 60))
  return amount * Math.min(hours, mostHours ?? hours)
}

interface Offices {
  /** Who presided at any time. */
  readonly presided: ReadonlySet<string>
  readonly factionChairs: ReadonlySet<string>
}

const extraFor = ({ extra }: AllowanceRules, person: string, { presided, factionChairs }: Offices): number =>
  (presided.has(person) ? extra.chair : 0) + (factionChairs.has(person) ? extra.factionChair : 0)
