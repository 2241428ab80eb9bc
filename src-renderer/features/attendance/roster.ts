import type { Seat } from '../../../shared/council/events/constitution.ts'
import type { DeedOf } from '../../../shared/council/meeting-event.ts'
import type { Attendance, MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { LoggedEvent } from '../../data/contract.ts'

/** Where somebody is; `cut-off`: remote, with a broken connection. */
export type Presence = 'room' | 'remote' | 'cut-off' | 'left' | 'excluded' | 'absent'

export interface RosterLine {
  readonly seat: Seat
  readonly presence: Presence
  readonly attendance: Attendance | undefined
  /** Kept out of the item that is open. */
  readonly conflict: 'table' | 'room' | undefined
}

export interface RosterGroup {
  /** Undefined: members of no faction, and who belongs to the body by office. */
  readonly faction: string | undefined
  readonly name: string | undefined
  readonly lines: readonly RosterLine[]
  readonly here: number
}

export function presenceOf(attendance: Attendance | undefined): Presence {
  if (!attendance) return 'absent'
  if (attendance.excluded) return 'excluded'
  if (!attendance.here) return 'left'
  return attendance.cutOff ? 'cut-off' : attendance.mode
}

const isHere = ({ presence }: RosterLine): boolean => ['room', 'remote', 'cut-off'].includes(presence)

/** Lower case without accents, so that "Muller" finds "Müller". */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()

/** Whether every word of a search begins a word of the name. */
export function nameFits(name: string, search: string): boolean {
  const words = plain(name).split(/[\s-]+/u)
  return plain(search)
    .split(/[\s-]+/u)
    .every((part) => words.some((word) => word.startsWith(part)))
}

function lineOf(state: MeetingState, seat: Seat): RosterLine {
  const attendance = state.attendance.get(seat.person)
  const item = state.agenda.find((entry) => entry.item === state.current)
  const conflict = item?.conflicts.find(({ person }) => person === seat.person)?.away
  return { seat, presence: presenceOf(attendance), attendance, conflict }
}

/** The roster by faction, in the order in which the meeting was prepared. Groups that a search empties are left out. */
export function rosterOf(state: MeetingState, search = ''): RosterGroup[] {
  const { seats, factions } = state.constitution ?? { seats: [], factions: [] }
  const lines = seats.map((seat) => lineOf(state, seat))
  const known = new Set(factions.map(({ organization }) => organization))
  const without = lines.filter(({ seat }) => seat.faction === undefined || !known.has(seat.faction))
  const groups = [
    { faction: undefined, name: undefined, members: without },
    ...factions.map(({ organization, name }) => ({
      faction: organization,
      name,
      members: lines.filter(({ seat }) => seat.faction === organization),
    })),
  ]
  return groups
    .map(({ faction, name, members }) => ({
      ...{ faction, name, here: members.filter(isHere).length },
      lines: members.filter(({ seat }) => nameFits(seat.name, search)),
    }))
    .filter(({ lines: shown }) => shown.length > 0)
}

/** How many members with a seat are where. */
export interface Totals {
  readonly seats: number
  readonly room: number
  readonly remote: number
  readonly cutOff: number
  readonly here: number
}

export function totalsOf(state: MeetingState): Totals {
  const lines = rosterOf(state).flatMap((group) => group.lines)
  const count = (presence: Presence) => lines.filter((line) => line.presence === presence).length
  const [room, remote, cutOff] = [count('room'), count('remote'), count('cut-off')]
  return { seats: lines.length, room, remote, cutOff, here: room + remote + cutOff }
}

/** How each person came last: entered by themselves, from the list by somebody, or by the code in the room. */
export function arrivalsOf(
  events: readonly LoggedEvent[],
): ReadonlyMap<string, { readonly by: DeedOf<'person-arrived'>['by']; readonly account: string }> {
  const arrivals = new Map<string, { by: DeedOf<'person-arrived'>['by']; account: string }>()
  for (const { event } of events)
    if (event.body.kind === 'person-arrived')
      arrivals.set(event.body.person, { by: event.body.by, account: event.author.account })
  return arrivals
}
