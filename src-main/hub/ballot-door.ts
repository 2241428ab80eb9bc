import type { ApiFailure, BallotReceipt } from '../../shared/hub-api/contract.ts'
import type { BallotRequest } from '../../shared/hub-api/meetings.ts'
import type { Principal } from '../../shared/rules/access.ts'

/** Takes a ballot in somebody's name; settles with the receipt once it is safe, or with why there is none. */
export type BallotDoor = (
  principal: Principal,
  vote: string,
  request: BallotRequest,
) => Promise<BallotReceipt | ApiFailure>

/** Where nobody votes. */
export const noBallots: BallotDoor = async () => ({ error: 'not-found', message: 'There is no such vote.' })
