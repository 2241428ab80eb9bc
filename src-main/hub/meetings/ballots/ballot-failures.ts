import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import type { BallotFault } from './ballot-office.ts'

const failures: Readonly<Record<BallotFault, ApiFailure>> = {
  'no-such-vote': { error: 'not-found', message: 'There is no such vote.' },
  'not-yours': { error: 'forbidden', message: 'A ballot is given by its person, or entered by who presides.' },
  'no-reason': { error: 'bad-request', message: 'A ballot that is entered for somebody needs a reason.' },
  'no-device-vote': { error: 'conflict', message: 'This vote takes no ballots from devices.' },
  closed: { error: 'conflict', message: 'This vote is not open.' },
  'not-entitled': { error: 'forbidden', message: 'This person had no vote when the vote was opened.' },
}

/** What a device hears of a ballot that was not taken. */
export const failureOf = (fault: BallotFault): ApiFailure => failures[fault]
