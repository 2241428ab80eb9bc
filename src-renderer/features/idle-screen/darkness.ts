import type { MeetingProgress } from '../../../shared/council/meeting-progress.ts'
import type { DarkHours } from '../../../shared/hub-api/room-device.ts'

/** Milliseconds without a touch after which a screen may go black. */
export const idleMs = 5 * 60_000
/** Milliseconds before the beginning of a meeting from which the screen stays on. */
const beforeMs = 30 * 60_000
/** Milliseconds after its beginning until which a meeting that nobody opened may still be opened. */
const lateMs = 6 * 3_600_000

/** Whether a time of the town's clock (`hh:mm`) lies within the dark hours, over midnight too. */
export const isWithin = ({ from, until }: DarkHours, time: string): boolean =>
  from < until ? from <= time && time < until : time >= from || time < until

/** What is known of a meeting of the room. */
export interface RoomMeeting {
  /** Milliseconds since 1970. */
  readonly start: number
  /** How its public course stands; undefined before it was opened, or while nobody can say. */
  readonly phase: MeetingProgress['phase'] | undefined
}

/** Whether a meeting is on, or about to be: what is not known to be over keeps the screen on. */
export function isOn({ start, phase }: RoomMeeting, now: number): boolean {
  if (phase !== undefined) return phase !== 'closed'
  return now >= start - beforeMs && now <= start + lateMs
}

/** Whether the idle screen of a room is black. */
export const isDark = (given: {
  readonly dark: DarkHours | undefined
  /** What the town's clock shows, `hh:mm`. */
  readonly time: string
  /** Milliseconds since 1970, and when the screen was last touched. */
  readonly now: number
  readonly touched: number
  readonly isLent: boolean
  readonly meetings: readonly RoomMeeting[]
}): boolean =>
  given.dark !== undefined &&
  !given.isLent &&
  isWithin(given.dark, given.time) &&
  given.now - given.touched >= idleMs &&
  !given.meetings.some((meeting) => isOn(meeting, given.now))

/** Where the clock stands at a minute: another place each time, so that nothing burns in; parts of the screen. */
export function placeOf(minute: number): { readonly x: number; readonly y: number } {
  // Steps by the powers of the plastic number: in two dimensions nothing fills a plane more evenly.
  return { x: (minute * 0.754_877_666_25) % 1, y: (minute * 0.569_840_290_99) % 1 }
}
