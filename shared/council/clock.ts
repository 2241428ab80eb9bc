import * as v from 'valibot'

const msDigits = 12
const counterDigits = 4
/** Highest count within one millisecond. */
export const largestCount = 16 ** counterDigits - 1

/**
 * A point of a hybrid logical clock: milliseconds since 1970, a count within the millisecond, and the mark of the
 * device, so that no two devices ever write the same. As text it sorts as time does.
 */
export interface ClockPoint {
  readonly ms: number
  readonly count: number
  readonly device: string
}

const deviceMark = '[0-9a-z]{8}'
const pattern = new RegExp(`^([0-9a-f]{${msDigits}})([0-9a-f]{${counterDigits}})-(${deviceMark})$`)

export const clockSchema = v.pipe(v.string(), v.regex(pattern, 'must be a point of the hybrid logical clock'))

/** Twelve hexadecimal digits of milliseconds, four of the count, a dash, the device's mark of eight letters. */
export const formatClock = ({ ms, count, device }: ClockPoint): string =>
  `${ms.toString(16).padStart(msDigits, '0')}${count.toString(16).padStart(counterDigits, '0')}-${device}`

/** Undefined when the text is no point of the clock. */
export function readClock(text: string): ClockPoint | undefined {
  const [, ms, count, device] = pattern.exec(text) ?? []
  if (ms === undefined || count === undefined || device === undefined) return undefined
  return { ms: parseInt(ms, 16), count: parseInt(count, 16), device }
}
