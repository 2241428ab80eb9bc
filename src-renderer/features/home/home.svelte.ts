import type { Meeting, Organization, Paper } from '../../../shared/oparl/index.ts'
import { principalOf } from '../../data/context.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related, stateOf } from '../../data/related.svelte.ts'
import { comingMeetings } from './next-meeting.ts'
import { newsSince, type NewsLine } from './news.ts'

const day = 86_400_000
/** Whoever has never looked is told of this many days. */
const firstLook = 14
const recentPapers = 8
/** Changes of each kind that news are made of: more than anybody reads. */
const newsLimit = 500

/** What awaits a person: their next meetings, what changed, what their organizations are to decide. */
export class Home {
  readonly #data: Data
  readonly #opened = Date.now()
  readonly #meetings: LiveQuery<'meeting'>
  readonly #changedMeetings: LiveQuery<'meeting'>
  readonly #changedItems: LiveQuery<'agenda-item'>
  readonly #changedPapers: LiveQuery<'paper'>
  readonly #itemMeetings: Related<'meeting'>
  readonly #consultations: LiveQuery<'consultation'>
  readonly #papers: Related<'paper'>
  readonly #organizations: LiveQuery<'organization'>
  readonly coming: readonly Meeting[]
  readonly news: readonly NewsLine[]
  readonly recent: readonly Paper[]

  constructor(data: Data) {
    this.#data = data
    const from = new Date(this.#opened - day).toISOString()
    this.#meetings = data.select({ type: 'meeting', between: { field: 'start', from } })
    this.#changedMeetings = $derived(data.select({ type: 'meeting', ...this.#changed }))
    this.#changedItems = $derived(data.select({ type: 'agenda-item', ...this.#changed }))
    this.#changedPapers = $derived(data.select({ type: 'paper', ...this.#changed }))
    this.#itemMeetings = new Related(data, 'meeting', () => recordsOf(this.#changedItems).map(({ meeting }) => meeting))
    this.#consultations = data.select({ type: 'consultation', newest: { field: 'created', limit: 300 } })
    this.#papers = new Related(data, 'paper', () => this.#consultedPapers)
    this.#organizations = data.select({ type: 'organization' })
    this.coming = $derived(comingMeetings(recordsOf(this.#meetings), this.mine, this.#opened))
    this.news = $derived(this.#news())
    this.recent = $derived(
      recordsOf(this.#papers)
        .sort((a, b) => (b.date ?? b.created).localeCompare(a.date ?? a.created) || a._id.localeCompare(b._id))
        .slice(0, recentPapers),
    )
  }

  /**
   * Organizations and factions of whoever is signed in. An office of the administration holds no meetings: whoever
   * belongs to nothing else looks after all of them, so that for these people nothing is mine alone.
   */
  get mine(): readonly string[] {
    const { organizations, factions } = principalOf(this.#data)
    const offices = new Set(
      recordsOf(this.#organizations)
        .filter(({ organizationType }) => organizationType === 'administration')
        .map(({ _id }) => _id),
    )
    return [...organizations, ...factions].filter((id) => !offices.has(id))
  }

  get state(): LiveQuery<'meeting'>['state'] {
    return stateOf(this.#meetings)
  }

  get newsState(): LiveQuery<'meeting'>['state'] {
    return stateOf(this.#changedMeetings, this.#changedItems, this.#changedPapers)
  }

  get recentState(): LiveQuery<'meeting'>['state'] {
    return stateOf(this.#consultations, this.#papers)
  }

  /** Instant up to which the person has seen what is new. */
  get seen(): string {
    return this.#data.preference<string>('home.seen') ?? new Date(this.#opened - firstLook * day).toISOString()
  }

  markSeen(): Promise<void> {
    return this.#data.setPreference('home.seen', new Date().toISOString())
  }

  organizationNames(meeting: Meeting): string {
    const byId = new Map<string, Organization>(recordsOf(this.#organizations).map((entry) => [entry._id, entry]))
    return meeting.organization.flatMap((id) => byId.get(id)?.name ?? []).join(', ')
  }

  get #changed() {
    const field = 'modified' as const
    return { between: { field, from: this.seen }, newest: { field, limit: newsLimit } }
  }

  #isMine(organizations: readonly string[]): boolean {
    return this.mine.length === 0 || organizations.some((id) => this.mine.includes(id))
  }

  get #consultedPapers(): string[] {
    return recordsOf(this.#consultations)
      .filter(({ organization }) => this.#isMine(organization))
      .map(({ paper }) => paper)
  }

  #news(): NewsLine[] {
    const consulted = new Set(this.#consultedPapers)
    const mine = (meeting: Meeting | undefined): boolean => meeting !== undefined && this.#isMine(meeting.organization)
    return newsSince(this.seen, {
      meetings: recordsOf(this.#changedMeetings).filter(mine),
      items: recordsOf(this.#changedItems).filter((item) => mine(this.#itemMeetings.get(item.meeting))),
      papers: recordsOf(this.#changedPapers).filter((paper) => consulted.has(paper._id)),
      meeting: (id) => this.#itemMeetings.get(id),
    })
  }
}
