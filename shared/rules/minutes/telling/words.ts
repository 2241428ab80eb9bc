import type { Block, TextRun } from '../../../council/minutes.ts'
import { m, type Locale } from '../../../i18n/index.ts'
import { seatOf, type Instant, type MeetingState, type Span } from '../../meeting/state.ts'

/** The words of minutes: names, lists and times in their language, by the clocks of the town. */
export class Words {
  readonly options: { readonly locale: Locale }
  readonly #state: MeetingState
  readonly #time: Intl.DateTimeFormat
  readonly #day: Intl.DateTimeFormat
  readonly #list: Intl.ListFormat
  readonly #names: ReadonlyMap<string, string>

  constructor(state: MeetingState, locale: Locale, zone: string) {
    const tag = locale === 'en' ? 'en-GB' : 'de-DE'
    this.options = { locale }
    this.#state = state
    this.#time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone: zone })
    this.#day = new Intl.DateTimeFormat(tag, {
      ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone },
    })
    this.#list = new Intl.ListFormat(tag, { type: 'conjunction' })
    this.#names = new Map(state.constitution?.seats.map(({ person, name }) => [person, name]))
  }

  /** "17:02 Uhr" */
  time(at: Instant): string {
    return m.minutes_time({ time: this.clock(at) }, this.options)
  }

  /** "17:02" */
  clock(at: Instant): string {
    return this.#time.format(at)
  }

  /** "von 17:02 Uhr bis 17:20 Uhr"; "ab 17:02 Uhr" while it lasts. */
  span({ from, to }: Span): string {
    if (to === undefined) return m.minutes_since({ from: this.time(from) }, this.options)
    const [begin, end] = [this.#time.format(from), this.#time.format(to)]
    if (begin === end) return m.minutes_at({ time: this.time(from) }, this.options)
    return m.minutes_span({ from: this.time(from), to: this.time(to) }, this.options)
  }

  /** "Montag, 30. November 2026" */
  day(at: Instant): string {
    return this.#day.format(at)
  }

  name(person: string): string {
    return this.#names.get(person) ?? m.minutes_unnamed({}, this.options)
  }

  /** With the faction where there is one that is not named already: "Frau Ida Lindwurm (Bürgerunion)". */
  nameWithFaction(person: string, named?: string): string {
    const faction = seatOf(this.#state, person)?.faction
    const name = this.name(person)
    return faction === undefined || faction === named
      ? name
      : m.minutes_of_faction({ name, faction: this.faction(faction) }, this.options)
  }

  faction(id: string | null | undefined): string {
    const found = this.#state.constitution?.factions.find(({ organization }) => organization === id)
    return found?.name ?? m.minutes_no_faction({}, this.options)
  }

  list(names: readonly string[]): string {
    return this.#list.format(names)
  }

  /** A reason as it is put behind a sentence; nothing where none was given. */
  reason(reason: string | undefined): string {
    return reason === undefined ? '' : m.minutes_reason({ reason: withoutStop(reason) }, this.options)
  }
}

const withoutStop = (text: string): string => text.trim().replace(/\.$/, '')

export const runsOf = (text: string): TextRun[] => [{ text }]

export const paragraph = (source: string, text: string): Block => ({ block: 'paragraph', source, runs: runsOf(text) })
