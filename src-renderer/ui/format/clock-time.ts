import { getLocale } from '../../../shared/i18n/index.ts'
import { timeZone } from './time-zone.ts'

/** The town's clock at an instant, to the second. */
export const exactTime = (ms: number): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'de-DE', {
    timeStyle: 'medium',
    timeZone: timeZone(),
  }).format(ms)
