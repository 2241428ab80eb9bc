import { isDeepStrictEqual } from 'node:util'
import { parseMeetingEventId } from '../../../shared/council/meeting-event.ts'
import { progressId, type MeetingProgress } from '../../../shared/council/meeting-progress.ts'
import type { AudienceStore, DocumentStore, Seq, StoredDocument } from '../../../shared/ports/document-store.ts'
import { partsOf, type Audience } from '../../../shared/rules/audience.ts'
import { progressOf, type ProgressImage } from '../../../shared/rules/meeting/progress.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import type { PublicationContext } from '../../../shared/rules/record-graph.ts'
import type { MeetingLogs } from '../meeting-logs.ts'
import { contentOf } from './image-difference.ts'

/** Milliseconds between two writes that tell nothing new but how many have voted. */
const countingPause = 2000
/** Milliseconds after an event: what follows from it for the room, as the seal of a vote from its close, comes before. */
const roomFirst = 20
const readAtOnce = 1000

/** Whether a document of `public` is what this room publishes of a meeting's log. */
export const isProgress = (id: string): boolean => id.startsWith('progress:')

/** The progress of a meeting that everybody may see now. */
export async function publicProgress(
  meeting: string,
  state: PublicationContext,
  logs: MeetingLogs,
): Promise<ProgressImage | undefined> {
  const isPublic = (id: string): boolean => {
    const record = state.get(id)
    return (
      record !== undefined && (record.type !== 'agenda-item' || record.public) && imagesOf(record, state).has('public')
    )
  }
  if (!isPublic(meeting)) return undefined
  const log = await logs.state(meeting)
  return log && progressOf(log, isPublic)
}

/** Publishes what everybody may see of the logs of meetings. */
export class ProgressWriter {
  readonly #store: DocumentStore
  readonly #public: AudienceStore
  readonly #state: PublicationContext
  readonly #logs: MeetingLogs
  readonly #clock: () => number
  readonly #due = new Set<string>()
  readonly #seqs = new Map<Audience, Seq>()
  readonly #unfollow = new Map<Audience, () => void>()
  /** When a meeting's progress was last written; milliseconds since 1970. */
  readonly #written = new Map<string, number>()
  readonly #onChange: () => void
  #later: NodeJS.Timeout | undefined
  #soon: NodeJS.Timeout | undefined

  constructor(parts: {
    store: DocumentStore
    public: AudienceStore
    state: PublicationContext
    logs: MeetingLogs
    clock: () => number
    /** There is something to publish. */
    onChange: () => void
  }) {
    this.#store = parts.store
    this.#public = parts.public
    this.#state = parts.state
    this.#logs = parts.logs
    this.#clock = parts.clock
    this.#onChange = parts.onChange
  }

  /** Places in the feeds of organizations up to which everything is published. */
  get places(): Readonly<Record<string, Seq>> {
    return Object.fromEntries(this.#seqs)
  }

  /** Begins after the given places; without them every log is read anew. */
  begin(places: Readonly<Record<string, Seq>>): void {
    for (const [audience, seq] of Object.entries(places)) this.#seqs.set(audience as Audience, seq)
  }

  /** Whatever was published may be wrong: everything is compared again. */
  async recheck(): Promise<void> {
    this.#seqs.clear()
    const { rows } = await this.#public.list({ startKey: 'progress:', endKey: 'progress;' })
    for (const { id } of rows) this.#due.add(`meeting:${id.slice('progress:'.length)}`)
  }

  /** The records of these ids are others now: what is shown of their meetings' logs may be, too. */
  note(ids: Iterable<string>): void {
    for (const id of ids) {
      const record = this.#state.get(id)
      if (record?.type === 'agenda-item') this.#due.add(record.meeting)
      else if (id.startsWith('meeting:')) this.#due.add(id)
    }
  }

  /** Reads which logs changed, and publishes their progress; returns the number of writes. */
  async publish(stamp: () => string): Promise<number> {
    await this.#readFeeds()
    let writes = 0
    for (const meeting of [...this.#due]) {
      this.#due.delete(meeting)
      if (await this.#write(meeting, stamp)) writes += 1
    }
    return writes
  }

  stop(): void {
    clearTimeout(this.#later)
    clearTimeout(this.#soon)
    for (const unfollow of this.#unfollow.values()) unfollow()
  }

  /** Once the devices in the room were told; what happens meanwhile is published together. */
  #publishSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined
      this.#onChange()
    }, roomFirst)
  }

  async #readFeeds(): Promise<void> {
    for (const audience of await this.#store.audiences()) {
      if (partsOf(audience).kind !== 'org') continue
      const feed = await this.#store.open(audience)
      if (!this.#unfollow.has(audience))
        this.#unfollow.set(
          audience,
          feed.onChange(() => this.#publishSoon()),
        )
      for (;;) {
        const { rows, lastSeq } = await feed.changes({ since: this.#seqs.get(audience) ?? 0, limit: readAtOnce })
        for (const { id } of rows) {
          const event = parseMeetingEventId(id)
          if (event) this.#due.add(event.meeting)
        }
        this.#seqs.set(audience, lastSeq)
        if (rows.length < readAtOnce) break
      }
    }
  }

  async #write(meeting: string, stamp: () => string): Promise<boolean> {
    const id = progressId(meeting)
    const image = await publicProgress(meeting, this.#state, this.#logs)
    const held = await this.#public.get(id)
    if (!image) return held ? this.#put({ _id: id, _rev: held._rev, _deleted: true }) : false
    if (held && isDeepStrictEqual(contentOf(image), contentOf(held))) return false
    if (held && this.#mayWait(meeting, image, held)) {
      this.#due.add(meeting)
      this.#later ??= setTimeout(() => {
        this.#later = undefined
        this.#onChange()
      }, countingPause)
      return false
    }
    this.#written.set(meeting, this.#clock())
    const modified = stamp()
    const created = typeof held?.['created'] === 'string' ? held['created'] : modified
    return this.#put({ ...image, created, modified, _rev: held?._rev })
  }

  /** Every device hears of every write, and of ballots there are many: their number alone is told now and then. */
  #mayWait(meeting: string, image: ProgressImage, held: StoredDocument): boolean {
    const isRecent = this.#clock() - (this.#written.get(meeting) ?? 0) < countingPause
    const uncounted = ({ votes }: Pick<MeetingProgress, 'votes'>) => votes.map((vote) => ({ ...vote, received: 0 }))
    const before = { ...contentOf(held), votes: uncounted(held as unknown as MeetingProgress) }
    return isRecent && isDeepStrictEqual({ ...contentOf(image), votes: uncounted(image) }, before)
  }

  async #put(document: Parameters<AudienceStore['write']>[0][number]): Promise<boolean> {
    const [outcome] = await this.#public.write([document])
    if (outcome && !outcome.ok) throw new Error(`public refused ${outcome.id}: ${outcome.error}`)
    return true
  }
}
