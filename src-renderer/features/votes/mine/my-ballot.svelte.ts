import type { Choice } from '../../../../shared/council/events/vote.ts'
import type { BallotReceipt } from '../../../../shared/hub-api/contract.ts'
import type { BallotFailure } from '../../../data/contract.ts'
import type { Room } from '../room.ts'

/**
 * A member's own ballot in one vote, as this window knows it. Only the hub's receipt makes it count; what was chosen
 * is kept in memory alone, and gone with the window.
 */
export class MyBallot {
  /** The ballot that counts: acknowledged by the hub. */
  counted = $state.raw<{ choice: Choice; receipt: BallotReceipt } | undefined>()
  /** On its way. */
  sending = $state.raw<Choice | undefined>()
  /** The last try that did not arrive; an earlier ballot counts on. */
  failed = $state.raw<{ choice: Choice; failure: BallotFailure } | undefined>()
  readonly #room: Pick<Room, 'live'>
  readonly #vote: string

  constructor(room: Pick<Room, 'live'>, vote: string) {
    this.#room = room
    this.#vote = vote
  }

  /** Sends the ballot; another press while one is under way is ignored, so that two never cross. */
  async cast(choice: Choice): Promise<void> {
    if (this.sending) return
    this.sending = choice
    this.failed = undefined
    const outcome = await this.#room.live.castBallot(this.#vote, choice)
    this.sending = undefined
    if (outcome.ok) this.counted = { choice, receipt: outcome.value }
    else this.failed = { choice, failure: outcome.failure }
  }
}

const kept = new WeakMap<object, Map<string, MyBallot>>()

/** One ballot per vote and room: leaving the screen and coming back does not forget what was sent. */
export function myBallotIn(room: Pick<Room, 'live'>, vote: string): MyBallot {
  const ballots = kept.get(room) ?? new Map<string, MyBallot>()
  kept.set(room, ballots)
  const ballot = ballots.get(vote) ?? new MyBallot(room, vote)
  ballots.set(vote, ballot)
  return ballot
}
