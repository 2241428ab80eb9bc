import type { MinutesDocument } from '../../../shared/council/minutes.ts'
import {
  arrange,
  draftMinutes,
  minutesDue,
  writtenMinutes,
  type ArrangedSection,
  type MinutesSource,
} from '../../../shared/rules/minutes/index.ts'
import type { MinutesText } from '../../data/yjs/index.ts'
import type { MeetingSource } from './minutes-source.svelte.ts'

/** The draft of a meeting's minutes: what the log says, with what people wrote into it. */
export class MinutesDesk {
  readonly meeting: MeetingSource
  readonly words: MinutesText
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

  constructor(meeting: MeetingSource, words: MinutesText) {
    this.meeting = meeting
    this.words = words
  }

  /** The last day on which the members should have the minutes. */
  get due(): string | undefined {
    return this.source && minutesDue(this.source)
  }
}
