import type { WatchedDocument } from '../../../shared/hub-api/broadcast.ts'
import { getLocale, m } from '../../../shared/i18n/index.ts'
import { formatBytes } from '../../ui/format/numbers.ts'

/** An instant as the town's clocks show it. */
export const formatClock = (instant: string | number, timeZone: string): string =>
  new Intl.DateTimeFormat(getLocale(), { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))

/** What kind of file it is, and how large. */
export function formatFile({ mimeType, size, pages }: WatchedDocument): string {
  const kind = mimeType.split('/').at(-1)?.toUpperCase() ?? mimeType
  return [kind, formatBytes(size), ...(pages === undefined ? [] : [m.watch_document_pages({ count: pages })])].join(
    ', ',
  )
}

/** The day of an instant. */
export const formatDay = (instant: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(instant))
