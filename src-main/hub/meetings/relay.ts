import type { MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { DocumentStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import { organizationAudience, partsOf, type Audience } from '../../../shared/rules/audience.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import type { Chores } from '../chores.ts'
import type { MeetingPlaces } from './meeting-places.ts'

/** Events at once, in one transaction. */
const batchSize = 200

/**
 * A joint meeting has one log in the audience of each body that meets: what comes into one is carried into the others
 * as it is, revision and signature included.
 */
export class JointRelay {
  readonly #store: DocumentStore
  readonly #turns: AudienceTurns
  readonly #chores: Chores
  readonly #places: MeetingPlaces
  /** Ids of events to be carried, by the meeting and where they are. */
  readonly #waiting = new Map<string, Set<string>>()

  constructor(parts: { store: DocumentStore; turns: AudienceTurns; chores: Chores; places: MeetingPlaces }) {
    this.#store = parts.store
    this.#turns = parts.turns
    this.#chores = parts.chores
    this.#places = parts.places
  }

  carry(meeting: string, from: Audience, events: readonly MeetingEvent[]): void {
    if (partsOf(from).kind !== 'org') return
    const way = `relay ${meeting} ${from}`
    const waiting = this.#waiting.get(way) ?? new Set()
    for (const { _id } of events) waiting.add(_id)
    this.#waiting.set(way, waiting)
    this.#chores.run(way, () => this.#relay(way, meeting, from))
  }

  async #relay(way: string, meeting: string, from: Audience): Promise<void> {
    const waiting = this.#waiting.get(way) ?? new Set()
    const bodies = (await this.#places.organizationsOf(meeting)).map(organizationAudience)
    const others = bodies.includes(from) ? bodies.filter((audience) => audience !== from) : []
    const source = await this.#store.open(from)
    while (waiting.size > 0) {
      const ids = [...waiting].slice(0, batchSize)
      const documents: StoredDocument[] = []
      if (others.length > 0) for (const id of ids) documents.push(...(await source.openRevisions(id, 'all')).found)
      for (const to of others) await this.#copy(documents, to)
      for (const id of ids) waiting.delete(id)
    }
    this.#waiting.delete(way)
  }

  async #copy(documents: readonly StoredDocument[], to: Audience): Promise<void> {
    const target = await this.#store.open(to)
    await this.#turns.run(target, async () => {
      const lacking = await target.revsDiff(Object.fromEntries(documents.map(({ _id, _rev }) => [_id, [_rev]])))
      const fresh = documents.filter(({ _id }) => Object.hasOwn(lacking, _id))
      if (fresh.length > 0) await target.write(fresh, { newEdits: false })
    })
  }
}
