import type { RecordOf, RecordType } from '../../../../shared/council/records/index.ts'
import type { Meeting, OparlFile } from '../../../../shared/oparl/index.ts'
import { referencesIn } from '../../../../shared/oparl/record.ts'
import type { Principal } from '../../../../shared/rules/access.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { FileCache } from './file-cache.ts'
import type { Files } from './files.ts'

/** How far ahead meetings are prepared for; a meeting that began today still counts. Milliseconds. */
const day = 24 * 3600 * 1000
const reach = 6 * 7 * day

const isComing = (meeting: Meeting, mine: ReadonlySet<string>, now: number): boolean =>
  !meeting.cancelled &&
  meeting.organization.some((id) => mine.has(id)) &&
  Date.parse(meeting.start) > now - day &&
  Date.parse(meeting.start) < now + reach

/** Keeps the papers of a person's coming meetings on the device, so that they are there when the network is not. */
export class Ahead {
  #catalogue: Catalogue
  #cache: FileCache
  #files: Files
  #running: Promise<void> | undefined
  #again = false

  constructor(catalogue: Catalogue, cache: FileCache, files: Files) {
    this.#catalogue = catalogue
    this.#cache = cache
    this.#files = files
  }

  /** Pins and fetches what is wanted now, and lets go of what was wanted before. */
  run(principal: Principal, now: number): Promise<void> {
    this.#again = true
    this.#running ??= this.#follow(principal, now).finally(() => (this.#running = undefined))
    return this.#running
  }

  async #follow(principal: Principal, now: number): Promise<void> {
    while (this.#again) {
      this.#again = false
      const wanted = await this.wanted(principal, now)
      for (const { sha512, pinned } of this.#cache.rows)
        if (pinned !== wanted.has(sha512)) await this.#cache.mark(sha512, { pinned: !pinned })
      for (const file of wanted.values()) {
        if (this.#cache.has(file.sha512)) continue
        const fetched = await this.#files.fetch(file, true)
        if (!fetched.ok && (fetched.failure === 'offline' || fetched.failure === 'no-space')) return
      }
    }
  }

  /** Files of coming meetings, of their items and of the papers that they consult; by digest. */
  async wanted(principal: Principal, now: number): Promise<Map<string, OparlFile>> {
    const mine = new Set([...principal.organizations, ...principal.factions])
    const meetings = (await this.#all('meeting')).filter((meeting) => isComing(meeting, mine, now))
    const ids = new Set(meetings.map(({ _id }) => _id))
    const items = (await this.#all('agenda-item')).filter(({ meeting }) => ids.has(meeting))
    const named = new Set(items.flatMap(({ consultation }) => consultation ?? []))
    const consultations = (await this.#all('consultation')).filter(
      ({ _id, meeting }) => named.has(_id) || (meeting !== undefined && ids.has(meeting)),
    )
    const consulted = new Set(consultations.map(({ paper }) => paper))
    const papers = (await this.#all('paper')).filter(({ _id }) => consulted.has(_id))
    const files = new Set([...meetings, ...items, ...papers].flatMap(filesNamedBy))
    const wanted = (await this.#all('file')).filter(({ _id }) => files.has(_id))
    return new Map(wanted.map((file) => [file.sha512, file]))
  }

  async #all<Type extends RecordType>(type: Type): Promise<RecordOf[Type][]> {
    const entries = await this.#catalogue.running(type)
    return [...entries.values()].flatMap(({ record }) => (record.deleted ? [] : (record as RecordOf[Type])))
  }
}

const fileFields = ['invitation', 'auxiliaryFile', 'mainFile', 'resolutionFile']

const filesNamedBy = (record: object): string[] =>
  fileFields.flatMap((field) => referencesIn(record as Record<string, unknown>, field))
