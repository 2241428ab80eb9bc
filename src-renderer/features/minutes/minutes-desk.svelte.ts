import type { Block, MinutesDocument } from '../../../shared/council/minutes.ts'
import {
  arrange,
  draftMinutes,
  fillPassage,
  minutesDue,
  paragraphsOf,
  passageFiller,
  passagePlaceOf,
  templateAfter,
  templateOf,
  writtenMinutes,
  type ArrangedSection,
  type MinutesSource,
} from '../../../shared/rules/minutes/index.ts'
import type { MinutesText } from '../../data/yjs/index.ts'
import type { PassageShelf } from '../passages/index.ts'
import type { MeetingSource } from './minutes-source.svelte.ts'

/** The draft of a meeting's minutes: what the log says, with what people wrote into it. */
export class MinutesDesk {
  readonly meeting: MeetingSource
  readonly words: MinutesText
  readonly passages: PassageShelf
  /** Root of the text that is open in an editor. */
  editing = $state<string>()
  readonly source = $derived.by((): MinutesSource | undefined => {
    const { clerk, excused } = this.words
    return this.meeting.source && { ...this.meeting.source, excused, ...(clerk === '' ? {} : { clerk }) }
  })
  /** Nothing before the meeting was opened, and where its law is not known. */
  readonly #draft = $derived.by((): MinutesDocument | undefined => this.source && draftMinutes(this.source))
  readonly sections = $derived.by((): ArrangedSection[] =>
    this.#draft ? arrange(this.#draft, this.words.written) : [],
  )
  /** As the minutes read now. */
  readonly document = $derived.by(
    (): MinutesDocument | undefined => this.#draft && writtenMinutes(this.#draft, this.sections),
  )

  readonly #filler = $derived.by(() => this.source && passageFiller(this.source))

  constructor(meeting: MeetingSource, words: MinutesText, passages: PassageShelf) {
    this.meeting = meeting
    this.words = words
    this.passages = passages
  }

  /** The text of a passage as somebody inserts it into a section: while the meeting goes on, with the time of now. */
  fill(text: string, section: Pick<ArrangedSection, 'key' | 'heading' | 'public'>): string {
    const now = this.source?.state.closed === undefined ? Date.now() : undefined
    return this.#filler ? fillPassage(text, this.#filler(section, now)) : text
  }

  /**
   * The template of a section, and the source of the block behind which it stands; undefined where there is none, and
   * where somebody said already what becomes of it.
   */
  templateFor(section: ArrangedSection): { readonly after: string; readonly blocks: readonly Block[] } | undefined {
    const place = passagePlaceOf(section.key)
    const { text, settledTemplates } = this.words
    if (!place || text.phase !== 'ready' || settledTemplates.has(section.key)) return undefined
    const passages = templateOf(this.passages.offered, place)
    if (passages.length === 0 || !this.#filler) return undefined
    // Of one log all devices make the same words, whenever somebody inserts them.
    const inputs = this.#filler(section)
    const blocks = passages
      .flatMap((passage) => paragraphsOf(fillPassage(passage.text, inputs)))
      .map((words): Block => ({ block: 'paragraph', runs: [{ text: words }] }))
    return blocks.length > 0 ? { after: templateAfter[place], blocks } : undefined
  }

  /** The last day on which the members should have the minutes. */
  get due(): string | undefined {
    return this.source && minutesDue(this.source)
  }
}
