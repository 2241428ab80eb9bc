import type { AgendaItem, AnyRecord, Consultation, Meeting, Paper } from '../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import type { Data } from '../../data/contract.ts'

/** One line of the agenda as the desk shows it. */
export interface DeskItem {
  readonly item: AgendaItem
  readonly number: number | undefined
  readonly papers: readonly { readonly consultation: Consultation; readonly paper: Paper | undefined }[]
}

/** The working state of one meeting: what the clerk edits, and every record that its preview depends on. */
export class MeetingDeskState {
  readonly #data: Data
  readonly #id: () => string

  constructor(data: Data, id: () => string) {
    this.#data = data
    this.#id = id
  }

  readonly #meetings = $derived.by(() => this.#data.select({ type: 'meeting', ids: [this.#id()] }))
  readonly #items = $derived.by(() => this.#data.select({ type: 'agenda-item', where: { meeting: this.#id() } }))
  readonly #consultations = $derived.by(() =>
    this.#data.select({ type: 'consultation', where: { meeting: this.#id() } }),
  )
  readonly #papers = $derived.by(() =>
    this.#data.select({ type: 'paper', ids: this.consultations.map((entry) => entry.paper) }),
  )
  readonly #organizations = $derived.by(() => this.#data.select({ type: 'organization' }))
  readonly #terms = $derived.by(() => this.#data.select({ type: 'legislative-term' }))
  readonly #locations = $derived.by(() => this.#data.select({ type: 'location' }))
  readonly #bodies = $derived.by(() => this.#data.select({ type: 'body' }))

  readonly state = $derived.by(() => this.#meetings.state)
  readonly meeting: Meeting | undefined = $derived.by(() => {
    const record = this.#meetings.entries[0]?.record
    return record?.deleted ? undefined : record
  })
  readonly items: readonly AgendaItem[] = $derived.by(() =>
    this.#items.entries.map((entry) => entry.record).filter((item) => !item.deleted),
  )
  readonly consultations: readonly Consultation[] = $derived.by(() =>
    this.#consultations.entries.map((entry) => entry.record).filter((consultation) => !consultation.deleted),
  )
  readonly papers: readonly Paper[] = $derived.by(() => this.#papers.entries.map((entry) => entry.record))

  readonly agenda: readonly DeskItem[] = $derived.by(() => {
    const numbers = numberAgenda(this.items)
    const papers = new Map(this.papers.map((paper) => [paper._id, paper]))
    return sortAgenda(this.items).map((item) => ({
      item,
      number: numbers.get(item._id),
      papers: this.consultations
        .filter((consultation) => consultation.agendaItem === item._id)
        .map((consultation) => ({ consultation, paper: papers.get(consultation.paper) })),
    }))
  })

  /** Papers on the agenda that readers of the meeting would not find, as they are not published. */
  readonly unpublishedPapers: readonly Paper[] = $derived.by(() =>
    this.papers.filter((paper) => !paper.deleted && paper.publication.state !== 'published'),
  )

  /** Everything that the publication rule asks for when it decides on this meeting. */
  readonly records: readonly AnyRecord[] = $derived.by(() => [
    ...(this.meeting ? [this.meeting] : []),
    ...this.items,
    ...this.consultations,
    ...this.papers,
    ...[this.#organizations, this.#terms, this.#locations, this.#bodies].flatMap((query) =>
      query.entries.map((entry) => entry.record),
    ),
  ])

  readonly organizationNames = $derived.by(() => {
    const names = new Map(this.#organizations.entries.map(({ record }) => [record._id, record.name]))
    return (this.meeting?.organization ?? []).map((id) => names.get(id) ?? id).join(', ')
  })
}
