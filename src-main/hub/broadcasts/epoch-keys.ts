import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { macInput } from '../../../shared/council/broadcast-part.ts'

/** The key of the epoch that is on; it is in no file, so that no part of an earlier run can be passed off as one of this. */
export class EpochKey {
  #epoch: number | undefined
  #key = randomBytes(32)

  /** The key of an epoch, in base 64. */
  of(epoch: number): string {
    this.#begin(epoch)
    return this.#key.toString('base64')
  }

  /** Whether a part was signed with the key of an epoch. */
  fits(epoch: number, { headText, media, mac }: { headText: string; media: Buffer; mac: string }): boolean {
    this.#begin(epoch)
    const right = createHmac('sha256', this.#key).update(macInput(headText, media)).digest()
    const given = Buffer.from(mac, 'base64')
    return given.length === right.length && timingSafeEqual(given, right)
  }

  #begin(epoch: number): void {
    if (this.#epoch === epoch) return
    this.#epoch = epoch
    this.#key = randomBytes(32)
  }
}
