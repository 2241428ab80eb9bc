import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { AgendaItem, Meeting } from '../../../shared/oparl/index.ts'
import { getLocale } from '../../../shared/i18n/index.ts'
import type { MinutesItem, MinutesSource } from '../../../shared/rules/minutes/index.ts'
import { numberAgenda } from '../../../shared/rules/numbering.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { RecordGraph } from '../../../shared/rules/record-graph.ts'
import type { Data, LiveMeeting, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related, stateOf } from '../../data/related.svelte.ts'
import { timeZone } from '../../ui/format/time-zone.ts'
import { describePlace } from '../meetings/index.ts'

/** Everything that the minutes of one meeting are made from, as this device knows it. */
export class MeetingSource {
  readonly live: LiveMeeting
  readonly #data: Pick<Data, 'town'>
  readonly #meetings: LiveQuery<'meeting'>
  readonly #items: LiveQuery<'agenda-item'>
  readonly #organizations: LiveQuery<'organization'>
  readonly #surroundings: readonly LiveQuery<'body' | 'legislative-term'>[]
  readonly #locations: Related<'location'>
  readonly #agenda = $derived.by(() => this.#namedItems())

  constructor(data: Pick<Data, 'select' | 'meeting' | 'town'>, id: string) {
    this.#data = data
    this.live = data.meeting(id)
    this.#meetings = data.select({ type: 'meeting', ids: [id] })
    this.#items = data.select({ type: 'agenda-item', where: { meeting: id } })
    this.#organizations = data.select({ type: 'organization' })
    this.#surroundings = (['body', 'legislative-term'] as const).map((type) => data.select({ type }))
    this.#locations = new Related(data, 'location', () => [this.meeting?.location])
  }

  get phase(): 'loading' | 'ready' | 'failed' {
    const records = stateOf(this.#meetings, this.#items, this.#organizations, ...this.#surroundings)
    return records === 'ready' ? this.live.phase : records
  }

  get meeting(): Meeting | undefined {
    return recordsOf(this.#meetings)[0]
  }

  /** What the rules make minutes of; undefined where the meeting is not known here. */
  get source(): MinutesSource | undefined {
    const { meeting } = this
    if (!meeting) return undefined
    const events = this.live.events.filter(({ refusal }) => !refusal).map(({ event }) => event)
    return {
      ...{ state: this.live.state, events, items: this.#agenda, locale: getLocale(), zone: timeZone() },
      meeting: { name: meeting.name, organization: this.#bodies(meeting), ...placed(this.#place) },
      body: this.#data.town?.name ?? '',
    }
  }

  get #place(): string {
    return describePlace(this.#locations.get(this.meeting?.location))
  }

  #bodies({ organization }: Meeting): string {
    const byId = new Map(recordsOf(this.#organizations).map(({ _id, name }) => [_id, name]))
    return organization.flatMap((id) => byId.get(id) ?? []).join(', ')
  }

  #namedItems(): ReadonlyMap<string, MinutesItem> {
    const items = recordsOf(this.#items)
    const numbers = numberAgenda(items)
    const graph = new RecordGraph(this.#records)
    return new Map(
      items.map((item) => [
        item._id,
        {
          ...{ number: String(numbers.get(item._id) ?? ''), name: item.name, shown: isShown(item, graph) },
          ...(item.publicTitle === undefined ? {} : { publicTitle: item.publicTitle }),
        },
      ]),
    )
  }

  get #records(): AnyRecord[] {
    const queries: readonly LiveQuery<AnyRecord['type']>[] = [
      ...[this.#meetings, this.#items, this.#organizations],
      ...this.#surroundings,
    ]
    return queries.flatMap((query) => recordsOf(query))
  }
}

const placed = (place: string): { place?: string } => (place === '' ? {} : { place })

/** Whether everybody reads an item in full, by the publisher's own rule. */
const isShown = (item: AgendaItem, graph: RecordGraph): boolean => item.public && imagesOf(item, graph).has('public')
