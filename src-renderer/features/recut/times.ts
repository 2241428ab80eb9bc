/** Hours, minutes and seconds from the beginning of a recording, such as `0:12:30.5`. */
export function timeText(milliseconds: number): string {
  const tenths = Math.max(0, Math.round(milliseconds / 100))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, seconds] = [
    Math.floor(tenths / 36_000),
    Math.floor(tenths / 600) % 60,
    Math.floor(tenths / 10) % 60,
  ]
  return `${hours}:${two(minutes)}:${two(seconds)}.${tenths % 10}`
}

/** Milliseconds that a text such as `12:30,5` or `1:02:03` stands for; undefined when it is none. */
export function readTime(text: string): number | undefined {
  const [, hours = '0', minutes = '0', seconds, rest = ''] =
    /^\s*(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,2})(?:[.,](\d{1,3}))?\s*$/.exec(text) ?? []
  if (seconds === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest.padEnd(3, '0'))
}
