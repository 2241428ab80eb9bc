import { leaseMs } from '../../shared/council/broadcast.ts'
import { encoderPath } from '../../shared/hub-api/encoder.ts'
import type { EncoderLink } from './contract.ts'
import type { HubClient } from './hub/index.ts'

/** Milliseconds that the hub may need to look at a source. */
const longestCheck = 45_000

/** Speaks to the hub of the source that it reads itself for a transmission. */
export const encoderLink = (hub: HubClient, meeting: string): EncoderLink => ({
  start: (request) => hub.ask('PUT', encoderPath(meeting), request, longestCheck),
  status: () => hub.ask('GET', encoderPath(meeting), undefined, leaseMs),
  stop: () => hub.ask('DELETE', encoderPath(meeting), undefined, leaseMs),
})
