import type { Lookup } from '../../../../shared/board/elements/ends.ts'
import type { Box } from '../../../../shared/board/plane/box.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'

/** A page of a board and everything on it, in its order. */
export interface PrintedPage {
  readonly elements: readonly BoardElement[]
  readonly box: Box
  readonly lookup: Lookup
}
