const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * The calendar day (`yyyy-mm-dd`) of an instant by the clocks of a time zone.
 *
 * @param timeZone name of the IANA time zone database, such as `Europe/Berlin`
 * @param instant RFC 3339, or milliseconds since 1970
 * @throws RangeError for an unknown zone, or what is no instant
 */
export function dayIn(timeZone: string, instant: string | number | Date): string {
  // Swedish writes calendar days as ISO 8601 does. Making a format takes a hundred times longer than using it.
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  formats.set(timeZone, format)
  return format.format(new Date(instant))
}
