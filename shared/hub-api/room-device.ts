import * as v from 'valibot'

/** A time that the town's clock shows, `hh:mm`. */
const clockTime = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is no time of day'))

/** Between which times of the town's clock an idle screen is black; over midnight where `from` is the later one. */
export const darkHoursSchema = v.pipe(
  v.strictObject({ from: clockTime, until: clockTime }),
  v.check(({ from, until }) => from !== until, 'begins and ends at the same time'),
)
export type DarkHours = v.InferOutput<typeof darkHoursSchema>

/** Digits that a person types to leave the kiosk mode: on a keypad, without a keyboard. */
export const exitCodeSchema = v.pipe(v.string(), v.regex(/^\d{6,12}$/, 'needs six to twelve digits'))

/**
 * What is kept of an exit code: salt and scrypt's digest of the code, base 64. The hub makes it and the shell checks
 * against it, so that a device without a network can be left as well.
 */
export const exitHashSchema = v.pipe(v.string(), v.regex(/^s1\.[\w-]{22}\.[\w-]{43}$/))

/** scrypt at RFC 7914's cost for interactive use, doubled: 32 MiB, about 80 ms. `s1` in a hash stands for it. */
export const exitCost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const
export const exitHashBytes = 32

/** How a device of a room behaves; it hears of it with its session. */
export interface RoomSettings {
  /** The app fills the screen and is left by the exit code alone. */
  readonly kiosk: boolean
  /** Hash of the exit code; the room's own session has it, that of a person at the device does not. */
  readonly exit?: string
  readonly dark?: DarkHours
}

/** What shall be another about a room's device. Kiosk mode needs an exit code, sent with it or before. */
export const roomDeviceChangeSchema = v.strictObject({
  kiosk: v.optional(v.boolean()),
  code: v.optional(exitCodeSchema),
  dark: v.optional(v.nullable(darkHoursSchema)),
})
export type RoomDeviceChange = v.InferOutput<typeof roomDeviceChangeSchema>

/** Milliseconds of the longest session of a person at the device of a room: a long evening. */
export const lentMs = 12 * 3_600_000

/** What whoever administers a room's device asks of it. Nothing of what it shows is ever sent. */
export const helpActSchema = v.variant('act', [
  v.strictObject({ act: v.literal('reload') }),
  /** Ends the session of whoever is signed in there. */
  v.strictObject({ act: v.literal('end-session') }),
  /** Shows a sentence on its start screen. */
  v.strictObject({
    act: v.literal('message'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)),
  }),
])
export type HelpAct = v.InferOutput<typeof helpActSchema>

/** What a room's device says of itself over its socket. */
export const deviceStateSchema = v.object({
  /** Of the desktop app; empty in a browser. */
  version: v.pipe(v.string(), v.maxLength(40)),
  /** Whether its window is in kiosk mode now. */
  kiosk: v.boolean(),
  /** Instant up to which it has everything of the hub; null before it ever had. */
  freshAsOf: v.nullable(v.pipe(v.string(), v.maxLength(40))),
})
export type DeviceState = v.InferOutput<typeof deviceStateSchema>

/** A room's device that is connected: since when, and what it says of itself once it did. */
export interface ConnectedDevice {
  readonly since: string
  readonly state: DeviceState | null
}
