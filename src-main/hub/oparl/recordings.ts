import { partType } from '../../../shared/hub-api/broadcast.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { AgendaItem } from '../../../shared/oparl/index.ts'
import { jumpMarksOf } from '../../../shared/rules/broadcast/jump-marks.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'
import type { RecordedFile, Recordings } from '../public-transmissions.ts'
import { instantToOparl, schemaOf, type Addresses } from './addresses.ts'

type OparlObject = Readonly<Record<string, unknown>>

const instantOf = (at: number): string => instantToOparl(new Date(at).toISOString())

/** What OParl tells of recordings: a File for each that can be downloaded, at its meeting and the items it shows. */
export class OparlRecordings {
  readonly #recordings: Recordings
  readonly #catalogue: PublicCatalogue
  readonly #addresses: Addresses
  #files: readonly RecordedFile[] | undefined

  constructor(recordings: Recordings, catalogue: PublicCatalogue, addresses: Addresses) {
    this.#recordings = recordings
    this.#catalogue = catalogue
    this.#addresses = addresses
  }

  /** Those that are there and those that were. */
  get all(): readonly RecordedFile[] {
    this.#files ??= this.#recordings.files()
    return this.#files
  }

  /** What can be watched of a meeting. */
  of(meeting: string): readonly RecordedFile[] {
    return this.all.filter((file) => file.meeting === meeting && file.size !== undefined)
  }

  /** Files that show something of an item. */
  ofItem({ _id, meeting, public: isPublic }: AgendaItem): readonly RecordedFile[] {
    return isPublic && this.#items(meeting).includes(_id) ? this.of(meeting) : []
  }

  /** When the recording of a meeting became another; milliseconds since 1970, undefined when there never was one. */
  modified(meeting: string): number | undefined {
    const times = this.all.filter((file) => file.meeting === meeting).map(({ modified }) => modified)
    return times.length === 0 ? undefined : Math.max(...times)
  }

  /** A File; within another object without links back. Deleted when it is not there any more. */
  toOparl(file: RecordedFile, embedded = false): OparlObject {
    const { id, meeting, created, modified, number, of, path, size } = file
    const times = { created: instantOf(created), modified: instantOf(modified) }
    const head = { id: this.#addresses.object(id), type: schemaOf('file') }
    if (size === undefined) return { ...head, ...times, deleted: true }
    const items = this.#items(meeting).map((item) => this.#addresses.object(item))
    const name = m.site_oparl_recording({ name: this.#catalogue.get('meeting', meeting)?.name ?? '' }, { locale: 'de' })
    return {
      ...{ ...head, name: of > 1 ? `${name} (${number}/${of})` : name, mimeType: partType, size },
      ...{ date: instantOf(created).slice(0, 10), fileName: `${id.slice('file:'.length)}.mp4` },
      ...{ accessUrl: this.#addresses.media(path), downloadUrl: this.#addresses.media(path) },
      ...(embedded ? {} : { meeting: [this.#addresses.object(meeting)] }),
      ...(embedded || items.length === 0 ? {} : { agendaItem: items }),
      ...times,
    }
  }

  /** Public items of which the recording holds something. */
  #items(meeting: string): string[] {
    const progress = this.#catalogue.progress(meeting)
    if (!progress || this.of(meeting).length === 0) return []
    const marked = jumpMarksOf(progress, this.#recordings.held(meeting)).items
    return [...marked.keys()].filter((item) => this.#catalogue.get('agenda-item', item)?.public === true)
  }
}
