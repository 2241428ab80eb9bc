import { getLocale } from '../../../shared/i18n/index.ts'

/** An instant as the town's clocks show it. */
export const formatClock = (instant: string | number, timeZone: string): string =>
  new Intl.DateTimeFormat(getLocale(), { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))

/** The day of an instant. */
export const formatDay = (instant: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(instant))
