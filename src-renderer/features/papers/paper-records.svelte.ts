import type { Consultation, Paper } from '../../../shared/oparl/index.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related, stateOf } from '../../data/related.svelte.ts'
import { chainOf, type ChainStep } from './chain.ts'

/** A paper with everything that belongs to it, as this device knows it. */
export class PaperRecords {
  readonly #paper: LiveQuery<'paper'>
  readonly #consultations: LiveQuery<'consultation'>
  readonly files: Related<'file'>
  readonly organizations: Related<'organization'>
  readonly people: Related<'person'>
  readonly related: Related<'paper'>
  readonly #items: Related<'agenda-item'>
  readonly #meetings: Related<'meeting'>

  constructor(data: Pick<Data, 'select'>, id: string) {
    this.#paper = data.select({ type: 'paper', ids: [id] })
    this.#consultations = data.select({ type: 'consultation', where: { paper: id } })
    this.files = new Related(data, 'file', () => [this.paper?.mainFile, ...(this.paper?.auxiliaryFile ?? [])])
    this.people = new Related(data, 'person', () => this.paper?.originatorPerson ?? [])
    this.related = new Related(data, 'paper', () => this.paper?.relatedPaper ?? [])
    this.organizations = new Related(data, 'organization', () => [
      ...(this.paper?.originatorOrganization ?? []),
      ...(this.paper?.underDirectionOf ?? []),
      ...this.consultations.flatMap((consultation) => consultation.organization),
    ])
    this.#items = new Related(data, 'agenda-item', () => this.consultations.map(({ agendaItem }) => agendaItem))
    this.#meetings = new Related(data, 'meeting', () => [
      ...this.consultations.map(({ meeting }) => meeting),
      ...recordsOf(this.#items).map(({ meeting }) => meeting),
    ])
  }

  get state(): LiveQuery<'paper'>['state'] {
    return stateOf(this.#paper, this.#consultations)
  }

  get paper(): Paper | undefined {
    return recordsOf(this.#paper)[0]
  }

  get consultations(): Consultation[] {
    return recordsOf(this.#consultations)
  }

  get chain(): ChainStep[] {
    return chainOf(this.consultations, {
      meeting: (id) => this.#meetings.get(id),
      item: (id) => this.#items.get(id),
      organizations: (ids) => this.organizations.all(ids),
      now: new Date().toISOString(),
    })
  }
}
