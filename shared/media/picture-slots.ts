import { framesPerPart } from './cadence.ts'

/**
 * Which frames are encoded now. A machine that does not keep up leaves frames out; those that begin a part are made up
 * for, as every part needs a picture.
 *
 * @param last the slot that was encoded last, -1 at the beginning
 * @param now the slot whose time it is
 * @param busy the encoder has enough to do
 */
export function slotsToEncode(last: number, now: number, busy: boolean): number[] {
  const late = Array.from({ length: Math.max(0, now - last) }, (_, index) => last + 1 + index)
  return late.filter((slot) => slot % framesPerPart === 0 || (slot === now && !busy))
}
