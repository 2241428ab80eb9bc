import type { Meeting, OparlFile, OparlLocation } from '../../../shared/oparl/index.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related, stateOf } from '../../data/related.svelte.ts'
import { arrangeAgenda, fileIdsOf, type Agenda } from './agenda.ts'
import { packetOf, type Packet } from './packet.ts'

/** A meeting with its agenda, papers and files, as this device knows them. */
export class MeetingRecords {
  readonly #data: Pick<Data, 'select' | 'fileState'>
  readonly #meeting: LiveQuery<'meeting'>
  readonly #items: LiveQuery<'agenda-item'>
  readonly #consultations: LiveQuery<'consultation'>
  readonly #named: Related<'consultation'>
  readonly #papers: Related<'paper'>
  readonly #files: Related<'file'>
  readonly #locations: Related<'location'>
  readonly organizations: Related<'organization'>
  readonly agenda: Agenda

  constructor(data: Pick<Data, 'select' | 'fileState'>, id: string) {
    this.#data = data
    this.#meeting = data.select({ type: 'meeting', ids: [id] })
    this.#items = data.select({ type: 'agenda-item', where: { meeting: id } })
    this.#consultations = data.select({ type: 'consultation', where: { meeting: id } })
    this.#named = new Related(data, 'consultation', () => recordsOf(this.#items).map((item) => item.consultation))
    this.#papers = new Related(data, 'paper', () => this.#everyConsultation.map(({ paper }) => paper))
    this.#files = new Related(data, 'file', () => [
      ...this.#meetingFileIds,
      ...fileIdsOf(recordsOf(this.#papers), recordsOf(this.#items)),
    ])
    this.#locations = new Related(data, 'location', () => [this.meeting?.location])
    this.organizations = new Related(data, 'organization', () => this.meeting?.organization ?? [])
    this.agenda = $derived(
      arrangeAgenda(recordsOf(this.#items), {
        consultations: this.#everyConsultation,
        paper: (paper) => this.#papers.get(paper),
        file: (file) => this.#files.get(file),
      }),
    )
  }

  get #everyConsultation() {
    return [...recordsOf(this.#consultations), ...recordsOf(this.#named)]
  }

  get #meetingFileIds(): string[] {
    return [this.meeting?.invitation, ...(this.meeting?.auxiliaryFile ?? [])].filter((id) => id !== undefined)
  }

  get state(): LiveQuery<'meeting'>['state'] {
    return stateOf(this.#meeting, this.#items, this.#consultations, this.#papers)
  }

  get meeting(): Meeting | undefined {
    return recordsOf(this.#meeting)[0]
  }

  get location(): OparlLocation | undefined {
    return this.#locations.get(this.meeting?.location)
  }

  /** A file of the meeting, of its items or of their papers. */
  file(id: string): OparlFile | undefined {
    return this.#files.get(id)
  }

  /** Invitation and papers of the meeting as a whole. */
  get meetingFiles(): OparlFile[] {
    return this.#files.all(this.#meetingFileIds)
  }

  get packet(): Packet {
    return packetOf(recordsOf(this.#files), (sha512) => this.#data.fileState(sha512))
  }
}
