import type { AnyRecord, Minutes } from '../../../../shared/council/records/index.ts'
import type { ApiFailure, ApiFailureCode } from '../../../../shared/hub-api/contract.ts'
import type { MinutesAct } from '../../../../shared/hub-api/minutes.ts'
import type { RecordFault } from '../../../../shared/oparl/index.ts'
import type { Principal } from '../../../../shared/rules/access.ts'
import { failed, type Result } from '../../../../shared/result.ts'
import type { Matter } from '../matter.ts'

/** Who acts, under which name, and when. */
export interface Actor {
  readonly principal: Principal
  readonly account: string
  readonly name: string
  /** Instant, such as `2026-12-01T17:00:00Z`. */
  readonly at: string
}

export type ActOf<Kind extends MinutesAct['act']> = Extract<MinutesAct, { act: Kind }>

/** The records as they should be, or why it must not be. */
export type Outcome = Result<readonly AnyRecord[], ApiFailure>

export const refuse = (
  error: ApiFailureCode,
  message: string,
  faults?: readonly RecordFault[],
): { ok: false; failure: ApiFailure } => failed({ error, message, ...(faults ? { faults } : {}) })

/** Answer to those who may not know whether there is anything. */
export const unknown = () => refuse('not-found', 'There are no such minutes.')

/** Minutes in one of the given states; otherwise why not. */
export function minutesIn({ minutes }: Matter, states: readonly Minutes['state'][]): Result<Minutes, ApiFailure> {
  if (!minutes) return refuse('conflict', 'The meeting goes on.')
  if (!states.includes(minutes.state)) return refuse('conflict', `The minutes are ${minutes.state}.`)
  return { ok: true, value: minutes }
}
