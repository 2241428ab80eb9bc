import { m } from '../../../../shared/i18n/index.ts'
import type { LegalSource } from '../../../../shared/rules/law/index.ts'

/** What a passage is filled with where it is inserted. */
export interface PassageInputs {
  readonly chair: string
  /** The item as the section is called. */
  readonly item: string
  /** By the town's clocks, `hh:mm`. */
  readonly time: string
}

export interface Passage {
  readonly name: () => string
  readonly text: (inputs: PassageInputs) => string
  /** The provision that it carries out. */
  readonly source: LegalSource
}

const gemO = (place: string): LegalSource => ({ law: 'GemO', place })

/** Passages that every town begins with, by the Gemeindeordnung Rheinland-Pfalz. */
export const passages: readonly Passage[] = [
  { name: m.minutes_passage_invited, text: m.minutes_passage_invited_text, source: gemO('§ 34') },
  { name: m.minutes_passage_report, text: m.minutes_passage_report_text, source: gemO('§ 33') },
  { name: m.minutes_passage_questions, text: m.minutes_passage_questions_text, source: gemO('§ 16a') },
  { name: m.minutes_passage_conflict, text: m.minutes_passage_conflict_text, source: gemO('§ 22') },
  { name: m.minutes_passage_announced, text: m.minutes_passage_announced_text, source: gemO('§ 35 Abs. 1') },
]
