/** Two rounds of multiply and shift over each code unit (cyrb53 by bryc, public domain), good for telling texts apart. */
const first = 2654435761
const second = 1597334677

/**
 * A number between 0 and 2^53 - 1 that is the same for the same text everywhere. It tells texts apart by chance alone:
 * whoever wants to, can make two with the same number.
 */
export function shortHash(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, first)
    low = Math.imul(low ^ unit, second)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 2 ** 32 * (2097151 & low) + (high >>> 0)
}
