import type { Logger } from 'pino'
import type { AudienceStore, DocumentStore, Seq } from '../../../shared/ports/document-store.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { imagesOf, publicationRuleVersion } from '../../../shared/rules/publication.ts'
import { MeetingLogs } from '../meeting-logs.ts'
import { applyReadings, type Visibilities } from './affected.ts'
import { ProgressWriter } from './progress-writer.ts'
import { PublicationWriter } from './publication-writer.ts'
import { isRecordId, readWorkingRecord, WorkingState, type Reading } from './working-state.ts'

export interface PublisherOptions {
  readonly store: DocumentStore
  /** Milliseconds since 1970, as `Date.now`. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export interface Publisher {
  /** Settles when everything is published that `office` held at the call; rejects when it could not be written. */
  caughtUp(): Promise<void>
  /** Settles after the batch under way; nothing is published afterwards. */
  stop(): Promise<void>
  /** The audiences that see a record, of the last state that was read; their images may still be on their way. */
  audiencesOf(id: string): Audience[]
  /** A record of the last state that was read, of undecided fields the most reserved. */
  recordOf(id: string): AnyRecord | undefined
  /** The audiences that would see a record if it were there. */
  wouldShow(record: AnyRecord): Audience[]
  /** Hears of records that others may see now, or otherwise, before their images are written; returns the end of it. */
  onDecided(listener: (ids: ReadonlySet<string>) => void): () => void
}

/** Starts to publish `office`; settles when the published audiences are up to date. */
export async function startPublisher(options: PublisherOptions): Promise<Publisher> {
  const publisher = await OfficePublisher.open(options)
  publisher.follow()
  return publisher
}

/** Makes the published audiences anew from `office`, whatever they hold. Run it while no publisher runs. */
export async function rebuildPublication(options: PublisherOptions): Promise<{ written: number }> {
  const publisher = await OfficePublisher.open(options, { anew: true })
  await publisher.stop()
  return { written: publisher.written }
}

const checkpointId = 'publisher'
const readAtOnce = 500
const retryAfter = 1000

class OfficePublisher implements Publisher {
  readonly #options: PublisherOptions
  readonly #office: AudienceStore
  readonly #public: AudienceStore
  readonly #state = new WorkingState()
  readonly #visibilities: Visibilities = new Map()
  readonly #writer: PublicationWriter
  readonly #progress: ProgressWriter
  #seq: Seq = 0
  /** Seconds since 1970 of the newest stamp. */
  #newestStamp = 0
  /** A write failed half-way: what is published is compared as a whole before anything else. */
  #isUncertain = false
  #unfollow = (): void => undefined
  readonly #listeners = new Set<(ids: ReadonlySet<string>) => void>()
  #retry: NodeJS.Timeout | undefined
  #isStopped = false
  #running: Promise<void> = Promise.resolve()
  #waiting: Promise<void> | undefined
  written = 0

  static async open(options: PublisherOptions, { anew = false } = {}): Promise<OfficePublisher> {
    const [office, everybody] = [await options.store.open('office'), await options.store.open('public')]
    const publisher = new OfficePublisher(options, office, everybody)
    await publisher.#load(anew)
    return publisher
  }

  private constructor(options: PublisherOptions, office: AudienceStore, everybody: AudienceStore) {
    this.#options = options
    this.#office = office
    this.#public = everybody
    this.#writer = new PublicationWriter(options.store, this.#state, () => this.#stamp())
    this.#progress = new ProgressWriter({
      ...{ ...options, public: everybody, state: this.#state, logs: new MeetingLogs(options.store) },
      onChange: () => void this.#catchUp().catch(() => undefined),
    })
  }

  follow(): void {
    this.#unfollow = this.#office.onChange(() => void this.#catchUp().catch(() => undefined))
  }

  caughtUp(): Promise<void> {
    return this.#catchUp()
  }

  recordOf = (id: string): AnyRecord | undefined => this.#state.get(id)

  audiencesOf(id: string): Audience[] {
    const record = this.#state.get(id)
    return record ? this.wouldShow(record) : []
  }

  wouldShow = (record: AnyRecord): Audience[] => [...imagesOf(record, this.#state).keys()]

  onDecided(listener: (ids: ReadonlySet<string>) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#unfollow()
    this.#progress.stop()
    clearTimeout(this.#retry)
    await this.#running
  }

  async #load(anew: boolean): Promise<void> {
    const checkpoint = await this.#public.getLocal(checkpointId)
    if (typeof checkpoint?.['stamp'] === 'number') this.#newestStamp = checkpoint['stamp']
    // Taken before reading: what is written meanwhile is read twice rather than never.
    this.#seq = (await this.#office.info()).updateSeq
    await this.#readOffice()
    await this.#writer.open()
    const { uuid, seq, rule, logs } = checkpoint ?? {}
    const isSameRule = uuid === this.#options.store.uuid() && rule === publicationRuleVersion
    const isCurrent = isSameRule && seq === this.#seq
    if (isSameRule && !anew) this.#progress.begin((logs ?? {}) as Record<string, Seq>)
    if (!isCurrent || anew) await this.#publishEverything()
    await this.#catchUp()
  }

  async #readOffice(): Promise<void> {
    const readings = new Map<string, Reading>()
    let startKey = ''
    for (;;) {
      const { rows } = await this.#office.list({ startKey, limit: readAtOnce, includeDocs: true, conflicts: true })
      for (const { id, doc } of rows) if (doc && isRecordId(id)) readings.set(id, await this.#read(id, doc))
      const last = rows.at(-1)
      if (!last || rows.length < readAtOnce) break
      // The smallest id after the last one.
      startKey = `${last.id}\u0000`
    }
    applyReadings(this.#state, this.#visibilities, readings)
  }

  async #read(id: string, doc: Parameters<typeof readWorkingRecord>[1] | undefined): Promise<Reading> {
    const reading: Reading = doc ? await readWorkingRecord(this.#office, doc) : { kind: 'absent' }
    if (reading.kind === 'invalid') this.#options.log.warn({ id }, 'not a valid record: not published')
    if (reading.kind === 'record' && reading.disputed)
      this.#options.log.warn({ id }, 'concurrent revisions: nothing new is published until they are merged')
    return reading
  }

  /** Runs after what is under way; calls that come meanwhile share one further run. */
  #catchUp(): Promise<void> {
    if (this.#waiting) return this.#waiting
    const run = this.#running.then(() => {
      this.#waiting = undefined
      return this.#drain()
    })
    this.#waiting = run
    this.#running = run.catch((error: unknown) => {
      this.#isUncertain = true
      this.#options.log.error({ err: error }, 'publication failed; trying again')
      if (!this.#isStopped) this.#retry = setTimeout(() => void this.#catchUp().catch(() => undefined), retryAfter)
    })
    return run
  }

  async #drain(): Promise<void> {
    if (this.#isUncertain) await this.#publishEverything()
    for (;;) {
      const { rows, lastSeq } = await this.#office.changes({ since: this.#seq, limit: readAtOnce })
      const readings = new Map<string, Reading>()
      for (const { id } of rows)
        if (isRecordId(id)) readings.set(id, await this.#read(id, await this.#office.get(id, { conflicts: true })))
      const affected = applyReadings(this.#state, this.#visibilities, readings)
      await this.#publish(affected)
      this.#progress.note(affected)
      const told = await this.#progress.publish(() => this.#stamp())
      this.written += told
      const isNew = rows.length > 0 || lastSeq !== this.#seq || told > 0
      this.#seq = lastSeq
      if (isNew) await this.#saveCheckpoint()
      if (rows.length < readAtOnce || this.#isStopped) return
    }
  }

  async #publish(ids: ReadonlySet<string>): Promise<void> {
    for (const listener of this.#listeners) listener(ids)
    this.written += await this.#writer.publish(ids)
  }

  async #publishEverything(): Promise<void> {
    await this.#publish(new Set([...this.#state.ids(), ...this.#writer.heldIds()]))
    await this.#progress.recheck()
    this.#isUncertain = false
    await this.#saveCheckpoint()
  }

  async #saveCheckpoint(): Promise<void> {
    await this.#public.putLocal(checkpointId, {
      uuid: this.#options.store.uuid(),
      seq: this.#seq,
      rule: publicationRuleVersion,
      stamp: this.#newestStamp,
      logs: this.#progress.places,
    })
  }

  /** Whole seconds, rounded up, never going back: see README.md. */
  #stamp(): string {
    this.#newestStamp = Math.max(Math.ceil(this.#options.clock() / 1000), this.#newestStamp)
    return new Date(this.#newestStamp * 1000).toISOString().replace('.000Z', 'Z')
  }
}
