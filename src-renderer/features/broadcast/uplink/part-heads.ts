import type { PartHead } from '../../../../shared/council/broadcast-part.ts'
import { partSeconds } from '../../../../shared/council/broadcast.ts'
import type { EncodedPart } from '../capture-contract.ts'
import type { Opening } from '../../../../shared/rules/broadcast/capture-gate.ts'

/** Milliseconds by which two parts may miss each other and still follow each other. */
const seam = 200

/** Gives parts their heads: numbers that rise, and intervals of the hub's clock that touch. One for each stream. */
export class PartHeads {
  readonly #hubTime: (machineTime: number) => number
  readonly #next = new Map<string, { sequence: number; to: number }>()

  constructor(hubTime: (machineTime: number) => number) {
    this.#hubTime = hubTime
  }

  headOf(part: EncodedPart, { stream, epoch }: Opening): PartHead {
    const before = this.#next.get(part.rendition) ?? { sequence: 0, to: 0 }
    const begun = this.#hubTime(part.from)
    const from = Math.abs(begun - before.to) < seam ? before.to : begun
    const to = Math.max(from + 1, this.#hubTime(part.to))
    this.#next.set(part.rendition, { sequence: before.sequence + 1, to })
    return {
      ...{ stream, epoch, rendition: part.rendition, sequence: before.sequence, captured: { from, to } },
      ...{ duration: partSeconds, independent: part.independent, last: part.lastOfSegment },
    }
  }
}
