import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { AgendaItem, Consultation, Meeting, Organization, Paper } from '../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import type { Data, Entry, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related } from '../../data/related.svelte.ts'

/** A paper under an item, or waiting for one. */
export interface Consulted {
  readonly consultation: Consultation
  readonly paper: Paper | undefined
}

/** One line of the agenda as the desk shows it. */
export interface DeskItem {
  readonly entry: Entry<'agenda-item'>
  readonly item: AgendaItem
  readonly number: number | undefined
  readonly papers: readonly Consulted[]
}

/** The working state of one meeting: what the clerk edits, and every record that its preview depends on. */
export class MeetingDeskState {
  readonly #meetings: LiveQuery<'meeting'>
  readonly #items: LiveQuery<'agenda-item'>
  readonly #consultations: LiveQuery<'consultation'>
  readonly #papers: Related<'paper'>
  /** Every consultation of those papers: a closed paper is seen by all bodies that consult it. */
  readonly #elsewhere: readonly LiveQuery<'consultation'>[]
  readonly #planned: readonly LiveQuery<'consultation'>[]
  readonly #plannedPapers: Related<'paper'>
  readonly #files: Related<'file'>
  readonly #organizations: LiveQuery<'organization'>
  readonly #surroundings: readonly LiveQuery<'legislative-term' | 'location' | 'body'>[]

  constructor(data: Pick<Data, 'select'>, id: string) {
    this.#meetings = data.select({ type: 'meeting', ids: [id] })
    this.#items = data.select({ type: 'agenda-item', where: { meeting: id } })
    this.#consultations = data.select({ type: 'consultation', where: { meeting: id } })
    this.#papers = new Related(data, 'paper', () => this.consultations.map(({ paper }) => paper))
    const papers = $derived(
      this.papers
        .map(({ _id }) => _id)
        .sort()
        .join(' '),
    )
    this.#elsewhere = $derived(
      papers ? papers.split(' ').map((paper) => data.select({ type: 'consultation', where: { paper } })) : [],
    )
    const bodies = $derived((this.meeting?.organization ?? []).join(' '))
    this.#planned = $derived(
      bodies
        ? bodies.split(' ').map((organization) => data.select({ type: 'consultation', where: { organization } }))
        : [],
    )
    this.#plannedPapers = new Related(data, 'paper', () => this.#foreseen.map(({ paper }) => paper))
    this.#files = new Related(data, 'file', () => [this.meeting?.invitation, ...(this.meeting?.auxiliaryFile ?? [])])
    this.#organizations = data.select({ type: 'organization' })
    this.#surroundings = (['legislative-term', 'location', 'body'] as const).map((type) => data.select({ type }))
  }

  get state(): LiveQuery<'meeting'>['state'] {
    return this.#meetings.state
  }
  get entry(): Entry<'meeting'> | undefined {
    return this.#meetings.entries[0]
  }
  get meeting(): Meeting | undefined {
    return recordsOf(this.#meetings)[0]
  }
  get items(): AgendaItem[] {
    return recordsOf(this.#items)
  }
  get consultations(): Consultation[] {
    return recordsOf(this.#consultations)
  }
  get papers(): Paper[] {
    return recordsOf(this.#papers)
  }
  /** The bodies that meet. */
  get organizations(): Organization[] {
    const byId = new Map(recordsOf(this.#organizations).map((record) => [record._id, record]))
    return (this.meeting?.organization ?? []).flatMap((id) => byId.get(id) ?? [])
  }

  get agenda(): DeskItem[] {
    const numbers = numberAgenda(this.items)
    const entries = new Map(this.#items.entries.map((entry) => [entry.record._id, entry]))
    return sortAgenda(this.items).flatMap((item) => {
      const entry = entries.get(item._id)
      const papers = this.consultations.filter(({ agendaItem }) => agendaItem === item._id)
      return entry ? [{ entry, item, number: numbers.get(item._id), papers: papers.map(this.#consulted) }] : []
    })
  }

  readonly #consulted = (consultation: Consultation): Consulted => ({
    consultation,
    paper: this.#papers.get(consultation.paper),
  })

  /** Consultations of a body of this meeting that have no date yet. */
  get #foreseen(): Consultation[] {
    const all = this.#planned.flatMap((query) => recordsOf(query))
    const found = new Map(all.map((consultation) => [consultation._id, consultation]))
    return [...found.values()].filter(({ meeting, agendaItem }) => meeting === undefined && agendaItem === undefined)
  }

  /** Papers that are foreseen for a body of this meeting and on no agenda yet, oldest plan first. */
  get waiting(): (Consulted & { paper: Paper })[] {
    return this.#foreseen
      .sort((a, b) => (a._id < b._id ? -1 : 1))
      .flatMap((consultation) => {
        const paper = this.#plannedPapers.get(consultation.paper)
        return paper ? [{ consultation, paper }] : []
      })
  }

  /** Papers on the agenda that readers of the meeting would not find, as they are not published. */
  get unpublishedPapers(): Paper[] {
    return this.papers.filter((paper) => paper.publication.state !== 'published')
  }

  /** Everything that the publication rule asks for when it decides on this meeting. */
  get records(): AnyRecord[] {
    const consultations = [...this.consultations, ...this.#elsewhere.flatMap((query) => recordsOf(query))]
    return [
      ...(this.meeting ? [this.meeting] : []),
      ...this.items,
      ...new Map(consultations.map((consultation) => [consultation._id, consultation])).values(),
      ...this.papers,
      ...recordsOf(this.#files),
      ...recordsOf(this.#organizations),
      ...this.#surroundings.flatMap((query) => recordsOf(query)),
    ]
  }
}
