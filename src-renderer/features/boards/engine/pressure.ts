/** How the pen's force becomes the width of ink. */
export interface PressureUse {
  isOn: boolean
  /** A pen laid flat draws wider, as a pencil does. */
  withTilt: boolean
}

/** Width of ink of devices that know no pressure. */
const even = 0.5
/** A pen up to this angle (degrees from upright) is held as for writing. */
const writing = 40

/** The width of ink for an event, from 0 to 1. */
export function pressureOf(event: PointerEvent, use: PressureUse): number {
  if (!use.isOn || event.pointerType !== 'pen') return even
  const tilt = use.withTilt ? Math.max(0, Math.hypot(event.tiltX, event.tiltY) - writing) / (90 - writing) : 0
  return Math.min(1, (event.pressure || even) * (1 + tilt))
}
