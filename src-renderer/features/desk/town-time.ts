import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../ui/format/time-zone.ts'

/** The instant (RFC 3339, UTC) at which the town's clocks show a time (`hh:mm`) on a day (`yyyy-mm-dd`). */
export const townTimeToInstant = (day: string, time: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone()).toInstant().toString()

/** Day and time that the town's clocks show at an instant. */
export function instantToTownTime(instant: string): { day: string; time: string } {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone())
  return { day: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) }
}
