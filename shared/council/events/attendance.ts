import * as v from 'valibot'
import { line } from '../../oparl/record.ts'
import { disturbanceId, eventBody, itemId, personId, reason } from './event-body.ts'

/** In whose sphere the cause of a disturbance lies: it decides whether the meeting may go on (GemO RLP §35a). */
export const spheres = ['town', 'member', 'unclear'] as const
export type Sphere = (typeof spheres)[number]
export const consequences = ['none', 'interrupted', 'repeated', 'adjourned'] as const

/** Who is there, who is kept out of what, and what disturbed it. */
export const attendanceBodies = [
  eventBody('person-arrived', {
    person: personId,
    mode: v.picklist(['room', 'remote']),
    by: v.picklist(['self', 'list', 'code']),
  }),
  eventBody('person-left', { person: personId }),
  /** The connection of a remote member broke; the person counts again from `connection-restored` on. */
  eventBody('connection-lost', { person: personId }),
  eventBody('connection-restored', { person: personId }),
  /** GemO RLP §22: leaves the table for the item, the room when it is closed. */
  eventBody('conflict-declared', { person: personId, item: itemId, away: v.picklist(['table', 'room']), reason }),
  eventBody('conflict-lifted', { person: personId, item: itemId, reason }),
  eventBody('called-to-order', { person: personId, reason }),
  eventBody('person-excluded', { person: personId, reason }),
  eventBody('disturbance-began', {
    disturbance: disturbanceId,
    sphere: v.picklist(spheres),
    person: v.optional(personId),
    what: line,
  }),
  eventBody('disturbance-ended', { disturbance: disturbanceId, consequence: v.picklist(consequences), reason }),
] as const
