import type { RecordingCorrection } from '../../council/recording-correction.ts'
import { touchesAny } from './airtime.ts'
import { follows, type HeldTime, type RecordedPart } from './recording.ts'

/** A time that is taken out of a recording. */
export interface RecordingCut extends HeldTime {
  readonly cut: string
  readonly reason: string
  /** Who cut it, and when; milliseconds since 1970. */
  readonly name: string
  readonly at: number
  /** Its media is gone for good. */
  readonly final: boolean
}

export interface Corrections {
  readonly cuts: readonly RecordingCut[]
  /** Marks that were moved, by chapter; milliseconds since 1970. */
  readonly chapters: ReadonlyMap<string, number>
}

/** What holds after all corrections, in the order in which they were made. */
export function correctionsOf(made: readonly RecordingCorrection[]): Corrections {
  const cuts = new Map<string, RecordingCut>()
  const chapters = new Map<string, number>()
  for (const each of made)
    switch (each.kind) {
      case 'cut': {
        const { cut, from, to, reason, name, at } = each
        cuts.set(cut, { cut, from, to, reason, name, at, final: false })
        break
      }
      case 'cut-undone':
        if (!cuts.get(each.cut)?.final) cuts.delete(each.cut)
        break
      case 'cut-final': {
        const known = cuts.get(each.cut)
        if (known) cuts.set(each.cut, { ...known, final: true })
        break
      }
      case 'chapter':
        if (each.to === null) chapters.delete(each.chapter)
        else chapters.set(each.chapter, each.to)
    }
  return { cuts: [...cuts.values()].sort((a, b) => a.from - b.from), chapters }
}

/**
 * Parts of one rendition, those that cuts touch apart. The rest of a segment goes with what was cut of it: its pictures
 * are told as differences from those before, so they cannot be decoded alone and tell something of them.
 */
export function splitByCuts<Part extends RecordedPart>(
  parts: readonly Part[],
  cuts: readonly HeldTime[],
): { readonly kept: Part[]; readonly cut: Part[] } {
  if (cuts.length === 0) return { kept: [...parts], cut: [] }
  const cut = new Set<Part>()
  let before: Part | undefined
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const goesOn = before !== undefined && !before.last && follows(before, part)
    if (touchesAny(part, cuts) || (goesOn && before && cut.has(before))) cut.add(part)
    before = part
  }
  return { kept: parts.filter((part) => !cut.has(part)), cut: parts.filter((part) => cut.has(part)) }
}
