import type { RefusalReason } from '../../../shared/rules/access.ts'
import type { TextChange } from '../contract.ts'

/** What a window shows of a text that several people write, in a form that a test can carry out of it. */
export interface ShownText {
  readonly words: string
  readonly phase: TextChange['state']
  readonly isStored: boolean
  readonly pending: number
  readonly refusal: RefusalReason | undefined
}
