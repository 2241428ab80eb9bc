import type { MinutesDocument, Section } from '../../council/minutes.ts'
import type { MinutesSection } from '../../council/records/index.ts'

/** The closed item that a section is about; undefined where it is about none, or about several. */
const closedItemOf = ({ key }: Pick<Section, 'key'>): string | undefined => {
  const item = /^item:([^:]+):closed$/.exec(key)?.[1]
  return item === undefined ? undefined : `agenda-item:${item}`
}

/** The item that a section is about, open or closed. */
export const itemOfSection = (key: string): string | undefined => {
  const item = /^item:([^:]+)(?::closed)?$/.exec(key)?.[1]
  return item === undefined ? undefined : `agenda-item:${item}`
}

/** Of the closed part these say nothing of what was dealt with. */
const neutral: ReadonlySet<string> = new Set(['attendance:closed', 'close:closed'])

/**
 * Whether a section may be read by a whole body.
 *
 * @param circled closed items of the meeting from which somebody of the body is kept out. What lies between items, the
 *   closed agenda and the reasons for closing may speak of any of them: then nobody of the body gets these.
 */
export const isForBody = (section: Section, circled: ReadonlySet<string>): boolean => {
  if (section.public || circled.size === 0 || neutral.has(section.key)) return true
  const item = closedItemOf(section)
  return item !== undefined && !circled.has(item)
}

/** Sections that go to the circle of an item once somebody is kept out of it, each with those before it. */
export const closedSections = (
  document: MinutesDocument,
): { agendaItem: string; section: Section; after: string[] }[] =>
  document.sections.flatMap((section, index) => {
    const agendaItem = section.public ? undefined : closedItemOf(section)
    if (agendaItem === undefined) return []
    const before = document.sections.slice(0, index).map(({ key }) => key)
    return [{ agendaItem, section, after: before.reverse() }]
  })

/** Minutes with the sections that their reader has through circles, each at its place. */
export function withClosedSections(document: MinutesDocument, parts: readonly MinutesSection[]): MinutesDocument {
  const sections = [...document.sections]
  // The one with fewer sections before it first, so that those behind it find it.
  for (const { section, after } of [...parts].sort((a, b) => a.after.length - b.after.length)) {
    if (sections.some(({ key }) => key === section.key)) continue
    const place = after.map((key) => sections.findIndex((one) => one.key === key)).find((index) => index >= 0) ?? -1
    sections.splice(place + 1, 0, section)
  }
  return { ...document, sections }
}
