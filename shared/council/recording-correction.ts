import * as v from 'valibot'
import { line } from '../oparl/record.ts'

/** Milliseconds by which a mark may be moved from where the log has it. */
export const furthestMove = 120_000
/** Letters of a reason at most. */
export const longestReason = 200

export const correctionReason = v.pipe(line, v.maxLength(longestReason, `is longer than ${longestReason} letters`))

/** By which account, with the name that it had, and when by the hub's clock; milliseconds since 1970. */
interface Signed {
  readonly by: string
  readonly name: string
  readonly at: number
}

/** What was corrected of a recording after its end. Corrections are added and never changed. */
export type RecordingCorrection =
  | ({
      readonly kind: 'cut'
      readonly cut: string
      readonly from: number
      readonly to: number
      readonly reason: string
    } & Signed)
  /** `cut-final`: what was cut is removed from the disk, and cannot be brought back. */
  | ({ readonly kind: 'cut-undone' | 'cut-final'; readonly cut: string } & Signed)
  /** A mark was moved; `to` is null: it is again where the log has it. */
  | ({ readonly kind: 'chapter'; readonly chapter: string; readonly to: number | null } & Signed)
