import { ulid } from 'ulid'
import type { consequences, spheres } from '../../../shared/council/events/attendance.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { RosterLine } from './roster.ts'

const because = (reason: string): { reason?: string } => (reason.trim() ? { reason: reason.trim() } : {})

export const arrive = (person: string, mode: 'room' | 'remote'): EventBody => ({
  kind: 'person-arrived',
  ...{ person, mode, by: 'list' },
})
export const leave = (person: string): EventBody => ({ kind: 'person-left', person })
export const loseConnection = (person: string): EventBody => ({ kind: 'connection-lost', person })
export const restoreConnection = (person: string): EventBody => ({ kind: 'connection-restored', person })

/** One tap on "in the room" or "remote": comes, changes place, or leaves where that is what is shown already. */
export function toggle({ seat, presence }: Pick<RosterLine, 'seat' | 'presence'>, mode: 'room' | 'remote'): EventBody {
  if (presence === mode) return leave(seat.person)
  return presence === 'cut-off' && mode === 'remote' ? restoreConnection(seat.person) : arrive(seat.person, mode)
}

export const declareConflict = (person: string, item: string, away: 'table' | 'room', reason: string): EventBody => ({
  kind: 'conflict-declared',
  ...{ person, item, away },
  ...because(reason),
})
export const liftConflict = (person: string, item: string): EventBody => ({ kind: 'conflict-lifted', person, item })

export const callToOrder = (person: string, reason: string): EventBody => ({
  kind: 'called-to-order',
  ...{ person, ...because(reason) },
})
export const exclude = (person: string, reason: string): EventBody => ({
  kind: 'person-excluded',
  ...{ person, ...because(reason) },
})

/** What is known of a disturbance when it begins. */
interface Beginning {
  readonly sphere: (typeof spheres)[number]
  readonly person?: string | undefined
  readonly what: string
}

export const beginDisturbance = ({ sphere, person, what }: Beginning): EventBody => ({
  kind: 'disturbance-began',
  disturbance: `disturbance:${ulid()}`,
  ...{ sphere, what: what.trim() },
  ...(person ? { person } : {}),
})
export const endDisturbance = (
  disturbance: string,
  consequence: (typeof consequences)[number],
  reason: string,
): EventBody => ({ kind: 'disturbance-ended', ...{ disturbance, consequence }, ...because(reason) })
