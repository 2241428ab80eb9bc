import type { MinutesDocument, Section } from '../../council/minutes.ts'
import { localeOf, m } from '../../i18n/index.ts'

const inLocale = ({ language }: MinutesDocument) => ({ locale: localeOf(language) })

/** Whatever the minutes of both parts begin and end with. */
const frame: ReadonlySet<string> = new Set(['attendance', 'opening', 'close'])

const isFrame = ({ key }: Section): boolean => frame.has(key) || key.startsWith('part:')

/** What everybody may read: of the closed part nothing but when it was, and what was announced of it. */
export const publicMinutes = (document: MinutesDocument): MinutesDocument => ({
  ...document,
  title: m.minutes_title_public({ title: document.title }, inLocale(document)),
  sections: document.sections.filter((section) => section.public),
})

/** Minutes of the closed part, complete in themselves: with attendance, opening and close. */
export const closedMinutes = (document: MinutesDocument): MinutesDocument => ({
  ...document,
  title: m.minutes_title_closed({ title: document.title }, inLocale(document)),
  sections: document.sections.filter((section) => !section.public || isFrame(section)),
})

/**
 * The excerpt of one resolution, complete in itself; undefined where the minutes say nothing of the vote. Of a closed
 * one the title says so.
 */
export function excerptOf(document: MinutesDocument, vote: string): MinutesDocument | undefined {
  const found = document.sections.find(({ blocks }) => blocks.some(({ source }) => source === vote))
  if (!found) return undefined
  const title = found.public ? m.minutes_title_excerpt : m.minutes_title_excerpt_closed
  const blocks = found.blocks.filter(({ source }) => source === vote || source?.startsWith(`${vote}/`) === true)
  return { ...document, title: title({ title: document.title }, inLocale(document)), sections: [{ ...found, blocks }] }
}
