import type { PartHead } from '../../../../shared/council/broadcast-part.ts'
import { partSeconds } from '../../../../shared/council/broadcast.ts'
import type { EncodedPart } from '../capture-contract.ts'
import type { Opening } from '../../../../shared/rules/broadcast/capture-gate.ts'

/** Milliseconds by which two parts may miss each other and still follow each other. */
const seam = 200

/** Gives parts their heads: numbers that rise, and intervals of the hub's clock that touch. One for each stream. */
export class PartHeads {
  readonly #hubTime: (machineTime: number) => number
  readonly #next = new Map<string, { sequence: number; to: number; index: number; generation: number }>()

  constructor(hubTime: (machineTime: number) => number) {
    this.#hubTime = hubTime
  }

  headOf(part: EncodedPart, { stream, epoch }: Opening): PartHead {
    const { generation, index, rendition } = part
    const before = this.#next.get(rendition)
    const goesOn = before?.generation === generation && before.index === index
    const begun = this.#hubTime(part.from)
    const from = before && goesOn && Math.abs(begun - before.to) < seam ? before.to : begun
    const to = Math.max(from + 1, this.#hubTime(part.to))
    // A number that is left out tells players that encoders began anew.
    const sequence = before ? before.sequence + (goesOn ? 0 : 1) : 0
    this.#next.set(rendition, { sequence: sequence + 1, to, index: index + 1, generation })
    return {
      ...{ stream, epoch, rendition, sequence, captured: { from, to } },
      ...{ duration: partSeconds, independent: part.independent, last: part.lastOfSegment },
    }
  }
}
