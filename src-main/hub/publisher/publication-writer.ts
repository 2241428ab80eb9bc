import type { AnyRecord, RecordType } from '../../../shared/council/records/index.ts'
import type {
  AudienceStore,
  DocumentStore,
  IncomingDocument,
  StoredDocument,
} from '../../../shared/ports/document-store.ts'
import { organizationAudience, partsOf, type Audience } from '../../../shared/rules/audience.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { differenceOf, isTombstone, readHeld, settledImage } from './image-difference.ts'
import { isProgress } from './progress-writer.ts'
import { reflectionsOf } from './reflections.ts'
import type { WorkingState } from './working-state.ts'

/** Documents written at once: one transaction, and a pause for everybody else in the process. */
const batchSize = 500

/** What is embedded comes before what embeds it, so that a first publication stamps nothing twice. */
const ranks: readonly RecordType[] = [
  ...(['location', 'file', 'legislative-term', 'body', 'organization', 'membership', 'person'] as const),
  ...(['minutes', 'minutes-section', 'objection', 'resolution'] as const),
  ...(['agenda-item', 'meeting', 'consultation', 'paper'] as const),
]

/** Whether a document is the image of a record: events are their authors', progress is published from them. */
const isImage = (id: string): boolean => !id.startsWith('event:') && !isProgress(id)

/** Writes the images of records into the audiences. */
export class PublicationWriter {
  readonly #store: DocumentStore
  readonly #state: WorkingState
  readonly #stamp: () => string
  readonly #targets = new Map<Audience, { store: AudienceStore; ids: Set<string> }>()

  constructor(store: DocumentStore, state: WorkingState, stamp: () => string) {
    this.#store = store
    this.#state = state
    this.#stamp = stamp
  }

  /** Opens every published audience that exists. */
  async open(): Promise<void> {
    await this.#target('public')
    for (const audience of await this.#store.audiences())
      if (['org', 'circle'].includes(partsOf(audience).kind)) await this.#target(audience)
  }

  /** Ids of everything that any audience holds, whether or not there is a record behind it. */
  heldIds(): string[] {
    return [...new Set([...this.#targets.values()].flatMap(({ ids }) => [...ids]))]
  }

  /** Makes every audience hold the images of the given ids as the state has them now. Returns the number of writes. */
  async publish(ids: Iterable<string>): Promise<number> {
    const ordered = this.#inOrder(ids)
    let writes = 0
    for (let from = 0; from < ordered.length; from += batchSize)
      writes += await this.#publishBatch(ordered.slice(from, from + batchSize))
    return writes
  }

  /** Withdrawals first: what must not be seen goes before anything new comes. */
  #inOrder(ids: Iterable<string>): string[] {
    const rank = (id: string): number => {
      const record = this.#state.get(id)
      if (!record || record.deleted || ('publication' in record && record.publication.state !== 'published')) return -1
      return ranks.indexOf(record.type)
    }
    return [...ids]
      .map((id) => ({ id, rank: rank(id) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ id }) => id)
  }

  async #publishBatch(ids: readonly string[]): Promise<number> {
    const images = new Map<string, Map<Audience, AnyRecord>>()
    for (const id of ids) {
      const record = this.#state.get(id)
      if (record) images.set(id, imagesOf(record, this.#state))
      if (record?.type === 'organization' && !record.deleted) await this.#target(organizationAudience(id))
    }
    for (const audience of new Set([...images.values()].flatMap((byAudience) => [...byAudience.keys()])))
      await this.#target(audience)
    let writes = 0
    for (const [audience, target] of this.#targets) {
      const concerned = ids.filter((id) => target.ids.has(id) || images.get(id)?.has(audience))
      if (concerned.length > 0)
        writes += await this.#write(
          audience,
          target,
          new Map(concerned.map((id) => [id, images.get(id)?.get(audience)])),
        )
    }
    return writes
  }

  async #write(
    audience: Audience,
    { store, ids }: { store: AudienceStore; ids: Set<string> },
    images: ReadonlyMap<string, AnyRecord | undefined>,
  ): Promise<number> {
    const held = await readHeld(store, [...images.keys()])
    const stamp = this.#stamp()
    const writes = new Map<string, IncomingDocument>()
    for (const [id, image] of images) {
      const wanted = settledImage(id, audience, image, held.get(id), this.#state)
      const difference = differenceOf(id, wanted, held.get(id), stamp)
      if (difference) writes.set(id, difference)
    }
    if (audience === 'public') await this.#stampReflections(store, writes, held, stamp)
    if (writes.size === 0) return 0
    for (const outcome of await store.write([...writes.values()]))
      if (!outcome.ok) throw new Error(`${audience} refused ${outcome.id}: ${outcome.error}`)
    for (const [id, { _deleted: gone }] of writes)
      if (gone) ids.delete(id)
      else ids.add(id)
    return writes.size
  }

  /** Adds the records that OParl shows differently because of the written ones, with nothing but a new stamp. */
  async #stampReflections(
    store: AudienceStore,
    writes: Map<string, IncomingDocument>,
    held: ReadonlyMap<string, StoredDocument>,
    stamp: string,
  ): Promise<void> {
    const stampAll = async (ids: readonly string[]): Promise<StoredDocument[]> => {
      const found = await readHeld(
        store,
        [...new Set(ids)].filter((id) => !writes.has(id)),
      )
      const stale = [...found.values()].filter((document) => !isTombstone(document) && document['modified'] !== stamp)
      for (const document of stale) writes.set(document._id, { ...document, modified: stamp })
      return stale
    }
    const written = [...writes]
    const stamped = await stampAll(
      written.flatMap(([id, after]) => reflectionsOf(id, held.get(id), after, this.#state)),
    )
    // Items are shown in their meeting; of everything else that was only stamped nothing changed but links back.
    await stampAll(
      stamped.flatMap((document) => (document['type'] === 'agenda-item' ? String(document['meeting']) : [])),
    )
  }

  async #target(audience: Audience): Promise<{ store: AudienceStore; ids: Set<string> }> {
    const known = this.#targets.get(audience)
    if (known) return known
    const store = await this.#store.open(audience)
    const { rows } = await store.list()
    const target = { store, ids: new Set(rows.map(({ id }) => id).filter(isImage)) }
    this.#targets.set(audience, target)
    return target
  }
}
