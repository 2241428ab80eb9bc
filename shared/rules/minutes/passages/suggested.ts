import type { PassagePlace } from '../../../council/records/passage.ts'
import { placeholders, type Placeholder } from '../../../council/passage-text.ts'
import { m, type Locale } from '../../../i18n/index.ts'
import type { LegalSource } from '../../law/index.ts'

type Words = (inputs: Record<Placeholder, string>, options: { readonly locale: Locale }) => string

/** A sentence that a law asks for, or that carries it out. */
interface Suggestion {
  readonly name: (inputs: Record<string, never>, options: { readonly locale: Locale }) => string
  readonly text: Words
  readonly place?: PassagePlace
  readonly source: LegalSource
}

const gemO = (place: string): LegalSource => ({ law: 'GemO', place })

const byRules: Readonly<Record<string, readonly Suggestion[]>> = {
  'de-rp-2024': [
    {
      ...{ name: m.passages_invited, text: m.passages_invited_text },
      ...{ place: 'opening', source: gemO('§ 34') },
    },
    { name: m.passages_report, text: m.passages_report_text, place: 'item', source: gemO('§ 33') },
    { name: m.passages_questions, text: m.passages_questions_text, place: 'item', source: gemO('§ 16a') },
    { name: m.passages_conflict, text: m.passages_conflict_text, place: 'item', source: gemO('§ 22') },
    { name: m.passages_announced, text: m.passages_announced_text, source: gemO('§ 35 Abs. 1') },
  ],
}

/** A suggestion in a language, with the placeholders that its text has. */
export interface SuggestedPassage {
  readonly name: string
  readonly text: string
  readonly place?: PassagePlace
  readonly source: LegalSource
}

const unfilled = Object.fromEntries(placeholders.map((name) => [name, `{${name}}`])) as Record<Placeholder, string>

/** What a rule set suggests to write, by its id; nothing where no source was read for it. */
export const suggestedPassages = (rules: string, locale: Locale): SuggestedPassage[] =>
  (byRules[rules] ?? []).map(({ name, text, ...rest }) => ({
    ...rest,
    name: name({}, { locale }),
    text: text(unfilled, { locale }),
  }))
