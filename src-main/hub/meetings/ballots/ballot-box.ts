import * as v from 'valibot'
import {
  ballotBoxSchema,
  ballotId,
  storedBallotSchema,
  type BallotBox,
  type StoredBallot,
} from '../../../../shared/council/ballot.ts'
import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'
import { boxAudience, partsOf } from '../../../../shared/rules/audience.ts'

const boxId = 'box'

/** The box of one vote: an audience that no path leads to. It is made when the vote opens. */
export class VoteBox {
  readonly #store: AudienceStore

  private constructor(store: AudienceStore) {
    this.#store = store
  }

  /** The box of a vote, and undefined where no ballot has come yet. */
  static async find(store: DocumentStore, vote: string): Promise<VoteBox | undefined> {
    const audience = boxAudience(vote)
    return (await store.exists(audience)) ? new VoteBox(await store.open(audience)) : undefined
  }

  static async make(store: DocumentStore, vote: string): Promise<VoteBox> {
    return new VoteBox(await store.open(boxAudience(vote)))
  }

  /** What the boxes of a hub are for. */
  static async *all(store: DocumentStore): AsyncGenerator<BallotBox> {
    for (const audience of await store.audiences()) {
      if (partsOf(audience).kind !== 'box') continue
      const head = await new VoteBox(await store.open(audience)).head()
      if (head) yield head
    }
  }

  async head(): Promise<BallotBox | undefined> {
    const document = await this.#store.get(boxId)
    return document && v.is(ballotBoxSchema, document) ? document : undefined
  }

  async of(vote: string, person: string): Promise<StoredBallot | undefined> {
    const document = await this.#store.get(ballotId(vote, person))
    return document && v.is(storedBallotSchema, document) ? document : undefined
  }

  /** All ballots, in the order of the persons' ids. */
  async ballots(): Promise<StoredBallot[]> {
    const { rows } = await this.#store.list({ startKey: 'ballot:', endKey: 'ballot;', includeDocs: true })
    return rows
      .flatMap(({ doc }) => (v.is(storedBallotSchema, doc) ? [doc] : []))
      .sort((a, b) => (a.person < b.person ? -1 : 1))
  }

  /** Settles when the ballots of a vote are safe; each takes the place of the one that `of` gave. */
  async put(meeting: string, vote: string, ballots: readonly StoredBallot[]): Promise<void> {
    const head: BallotBox = { _id: boxId, type: 'ballot-box', schema: 1, vote, meeting }
    const before = await this.head()
    // A vote that was opened again by a correction is not over any more.
    const isCurrent = before !== undefined && before.over === undefined
    if (isCurrent && ballots.length === 0) return
    await this.#write(isCurrent ? ballots : [{ ...head, ...(before ? { _rev: before._rev } : {}) }, ...ballots])
  }

  /** Notes that the vote is over. */
  async end(at: string): Promise<void> {
    const head = await this.head()
    if (head && head.over === undefined) await this.#write([{ ...head, over: at }])
  }

  async #write(documents: readonly (BallotBox | StoredBallot)[]): Promise<void> {
    for (const outcome of await this.#store.write(documents))
      if (!outcome.ok) throw new Error(`a ballot box refused a write: ${outcome.error}`)
  }
}
