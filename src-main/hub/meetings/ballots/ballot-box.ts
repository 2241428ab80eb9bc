import * as v from 'valibot'
import {
  ballotBoxSchema,
  storedBallotSchema,
  type BallotBox,
  type StoredBallot,
} from '../../../../shared/council/ballot.ts'
import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'
import { boxAudience, partsOf } from '../../../../shared/rules/audience.ts'

const boxId = 'box'

/** What is in a box, as it is safe in the store. */
interface Contents {
  head: BallotBox | undefined
  /** By person. */
  readonly ballots: Map<string, StoredBallot>
}

/**
 * The box of one vote: an audience that no path leads to. The hub alone writes to it, so what is in it is read once and
 * then known. To be used only within the turn of the meeting's home.
 */
export class VoteBox {
  readonly #store: AudienceStore
  #contents: Contents | undefined

  constructor(store: AudienceStore) {
    this.#store = store
  }

  async head(): Promise<BallotBox | undefined> {
    return (await this.#read()).head
  }

  /** The ballots by person. */
  async ballots(): Promise<ReadonlyMap<string, StoredBallot>> {
    return (await this.#read()).ballots
  }

  /** Settles when the ballots of a vote are safe; each takes the place of the one that the person gave before. */
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

  async #read(): Promise<Contents> {
    if (this.#contents) return this.#contents
    const head = await this.#store.get(boxId)
    const { rows } = await this.#store.list({ startKey: 'ballot:', endKey: 'ballot;', includeDocs: true })
    const ballots = rows.flatMap(({ doc }) => (v.is(storedBallotSchema, doc) ? [doc] : []))
    this.#contents = {
      head: head && v.is(ballotBoxSchema, head) ? head : undefined,
      ballots: new Map(ballots.map((ballot) => [ballot.person, ballot])),
    }
    return this.#contents
  }

  async #write(documents: readonly (BallotBox | StoredBallot)[]): Promise<void> {
    const contents = await this.#read()
    // What became of a write that fails has to be read.
    this.#contents = undefined
    const outcomes = await this.#store.write(documents)
    for (const [place, document] of documents.entries()) {
      const outcome = outcomes[place]
      if (!outcome?.ok) throw new Error(`a ballot box refused a write: ${outcome?.error}`)
      const written = { ...document, _rev: outcome.rev }
      if (written.type === 'ballot') contents.ballots.set(written.person, written)
      else contents.head = written
    }
    this.#contents = contents
  }
}

/** The boxes of a hub; each that is in use is read once. */
export class VoteBoxes {
  readonly #store: DocumentStore
  readonly #inUse = new Map<string, VoteBox>()

  constructor(store: DocumentStore) {
    this.#store = store
  }

  /** The box of a vote, and undefined where no ballot has come yet. */
  async find(vote: string): Promise<VoteBox | undefined> {
    return this.#inUse.get(vote) ?? ((await this.#store.exists(boxAudience(vote))) ? this.make(vote) : undefined)
  }

  async make(vote: string): Promise<VoteBox> {
    const known = this.#inUse.get(vote)
    if (known) return known
    const box = new VoteBox(await this.#store.open(boxAudience(vote)))
    this.#inUse.set(vote, box)
    return box
  }

  /** The vote is over: its box is not needed soon. */
  close(vote: string): void {
    this.#inUse.delete(vote)
  }

  async remove(vote: string): Promise<void> {
    this.close(vote)
    await this.#store.remove(boxAudience(vote))
  }

  /** What the boxes are for. */
  async *heads(): AsyncGenerator<BallotBox> {
    for (const audience of await this.#store.audiences()) {
      if (partsOf(audience).kind !== 'box') continue
      const head = await new VoteBox(await this.#store.open(audience)).head()
      if (head) yield head
    }
  }
}
