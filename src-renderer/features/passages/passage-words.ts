import {
  parsePassage,
  placeholders,
  writePassage,
  type Placeholder,
  type PlaceholderFault,
} from '../../../shared/council/passage-text.ts'
import { locales, m, type Locale } from '../../../shared/i18n/index.ts'
import { sourceWords } from '../../../shared/i18n/law-words.ts'
import type { OfferedPassage, PassageOrigin } from '../../../shared/rules/minutes/index.ts'

export const originWords: Record<PassageOrigin, () => string> = {
  body: m.passages_of_body,
  town: m.passages_of_town,
  law: m.passages_of_law,
}

type Word = (inputs?: Record<string, never>, options?: { readonly locale: Locale }) => string

/** What people call a placeholder; records call it by its key. */
export const placeholderWords: Record<Placeholder, Word> = {
  chair: m.passages_word_chair,
  clerk: m.passages_word_clerk,
  item: m.passages_word_item,
  time: m.passages_word_time,
  date: m.passages_word_date,
  meeting: m.passages_word_meeting,
  organization: m.passages_word_organization,
}

/** A placeholder as it stands in the text that people edit. */
export const bracedWord = (placeholder: Placeholder): string => `{${placeholderWords[placeholder]()}}`

/** The text of a record as people edit it, with placeholders in words of their language. */
export const wordedText = (text: string): string => writePassage(parsePassage(text), bracedWord)

const byName = new Map<string, Placeholder>(
  placeholders.flatMap((placeholder) =>
    [placeholder, ...locales.map((locale) => placeholderWords[placeholder]({}, { locale }))].map(
      (name) => [name.toLowerCase(), placeholder] as const,
    ),
  ),
)

/** What somebody wrote, as records have it: placeholders are known in every language, and by their key. */
export function readWordedText(text: string): { text: string; faults: readonly PlaceholderFault[] } {
  const parsed = parsePassage(text, (name) => byName.get(name.toLowerCase()))
  return { text: writePassage(parsed, (placeholder) => `{${placeholder}}`), faults: parsed.faults }
}

/** What is wrong with a placeholder, where it is, and how to mend it. */
export const faultSentence = ({ kind, found, at }: PlaceholderFault): string =>
  kind === 'brace'
    ? m.passages_fault_brace({ found, at })
    : m.passages_fault_unknown({ found, at, known: placeholders.map(bracedWord).join(', ') })

/** The provision that a passage carries out, as one cites it. */
export const citedSource = ({ source }: Pick<OfferedPassage, 'source'>): string | undefined =>
  typeof source === 'object' ? sourceWords(source) : source
