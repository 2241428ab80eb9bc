import type { Block } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import type { RuleSet } from '../../law/index.ts'
import type { ItemState, MeetingState } from '../../meeting/state.ts'
import { during } from './during.ts'
import type { Happening } from './happenings.ts'
import { Sections } from './sections.ts'
import type { MinutesItem, MinutesSource } from '../source.ts'
import { paragraph, Words } from './words.ts'

/** Ids without their type: `01H…` of `agenda-item:01H…`. */
export const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** Where the telling of a meeting stands: what is told goes to the item that is open, or to what lies between items. */
export class Telling {
  readonly sections = new Sections()
  readonly words: Words
  readonly state: MeetingState
  readonly source: MinutesSource
  readonly rules: RuleSet
  /** The item that is open. */
  current: string | undefined
  readonly #agenda: ReadonlyMap<string, ItemState>
  /** The last item that was dealt with, and the last one that everybody may know of. */
  #last: string | undefined
  #lastShown: string | undefined

  constructor(source: MinutesSource, rules: RuleSet) {
    this.source = source
    this.state = source.state
    this.rules = rules
    this.words = new Words(source.state, source.locale, source.zone)
    this.#agenda = new Map(source.state.agenda.map((entry) => [entry.item, entry]))
  }

  /** Whether everybody may know of an item; what is about none is not held back by one. */
  isShown(item: string | null | undefined): boolean {
    if (item === null || item === undefined) return true
    return this.#agenda.get(item)?.public === true && this.source.items.get(item)?.shown === true
  }

  nameOf(item: string): Pick<MinutesItem, 'number' | 'name'> {
    const place = this.state.agenda.findIndex((entry) => entry.item === item) + 1
    const unknown = { number: String(place), name: m.minutes_item_unknown({}, this.words.options) }
    return this.source.items.get(item) ?? unknown
  }

  begin(item: string): void {
    this.current = item
    this.#last = item
    if (this.isShown(item)) this.#lastShown = item
  }

  /**
   * Tells what happened where it happened. It is public when the public was in, may know of the item that is open, and
   * of the one that it is about.
   */
  tell({ inPublic }: Pick<Happening, 'inPublic'>, about: string | null | undefined, ...blocks: readonly Block[]): void {
    const isPublic = inPublic && this.isShown(about) && this.isShown(this.current)
    const item = about ?? this.current
    if (item !== undefined && item === this.current) this.tellOf(item, isPublic, blocks)
    else this.#tellBetween(isPublic, blocks)
  }

  /** Tells something in the section of an item, which begins with the times at which the item was dealt with. */
  tellOf(item: string, isPublic: boolean, blocks: readonly Block[]): void {
    const about = `item:${keyOf(item)}`
    const begins = !this.sections.has(about, isPublic)
    const heading = isPublic ? m.minutes_item_heading : m.minutes_item_heading_closed
    const times = begins ? this.#timesOf(item, isPublic) : []
    this.sections.add(about, isPublic, heading(this.nameOf(item), this.words.options), [...times, ...blocks])
  }

  #tellBetween(isPublic: boolean, blocks: readonly Block[]): void {
    const last = isPublic ? this.#lastShown : this.#last
    const heading = last === undefined ? m.minutes_opening : m.minutes_after
    const about = last === undefined ? 'opening' : `after:${keyOf(last)}`
    this.sections.add(about, isPublic, heading({}, this.words.options), blocks)
  }

  #timesOf(item: string, isPublic: boolean): Block[] {
    const spans = this.#agenda.get(item)?.spans.flatMap((span) => during(this.state, span, isPublic)) ?? []
    if (spans.length === 0) return []
    const times = this.words.list(spans.map((span) => this.words.span(span)))
    return [paragraph(`item:${keyOf(item)}/times`, m.minutes_item_times({ spans: times }, this.words.options))]
  }
}
