import type { MinutesPdfRequest } from '../../../shared/hub-api/documents.ts'
import { localeOf, m } from '../../../shared/i18n/index.ts'
import type { Result } from '../../../shared/result.ts'
import { typeset, type MissingLetters } from './typesetter.ts'

/**
 * Minutes as a tagged PDF; the same bytes for the same input. Characters that no shipped font has are named instead:
 * minutes never lose a letter.
 */
export const minutesPdf = (request: MinutesPdfRequest): Promise<Result<Uint8Array, MissingLetters>> =>
  typeset({ data: JSON.stringify(dataOf(request), printable), standard: request.archived ? 'a-2a' : 'ua-1' })

/** What the template reads. */
function dataOf({ document, day, made }: MinutesPdfRequest): unknown {
  const { language, region } = new Intl.Locale(document.language)
  const locale = { locale: localeOf(document.language) }
  const signatures = document.signatures.map(({ signed, ...signature }) => ({
    ...signature,
    ...(signed === undefined ? {} : { signed: m.documents_signed({ when: signed }, locale) }),
  }))
  return {
    document: { ...document, signatures },
    language: region === undefined ? [language] : [language, region],
    words: {
      page: m.documents_page({ page: '{page}', pages: '{pages}' }, locale),
      signatures: m.documents_signatures({}, locale),
    },
    day: new Intl.DateTimeFormat(document.language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day)),
    made: partsOf(new Date(made)),
  }
}

const partsOf = (instant: Date): Record<string, number> => ({
  year: instant.getUTCFullYear(),
  month: instant.getUTCMonth() + 1,
  day: instant.getUTCDate(),
  hour: instant.getUTCHours(),
  minute: instant.getUTCMinutes(),
  second: instant.getUTCSeconds(),
})

// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\uFEFF]/g

/** Longer than any word; without a place to break, it would run out of its line or cell. */
const endless = /\S{40,}/gu
const breakable = (word: string): string => word.replace(/(?:\P{M}\p{M}*){15}(?=\S)/gu, '$&\u200B')

/** PDF/A allows no control characters, and they are no letters; line breaks of whatever kind become the one of Typst. */
const printable = (_key: string, value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .replace(/\r\n?|[\v\f\u0085]/g, '\n')
        .replace(controls, '')
        .toWellFormed()
        .replace(endless, breakable)
    : value
