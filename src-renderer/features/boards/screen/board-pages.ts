import type { BoardPage } from '../../../data/yjs/board/index.ts'
import type { PaperPage } from '../engine/paper.ts'
import type { PdfTarget } from '../pdf-import/pdf-import.svelte.ts'

/** The pages of a board, for turning them. */
export interface BoardPages {
  /** Which one is shown, from 0. */
  readonly place: number
  readonly count: number
  readonly go: (place: number) => void
  /** Absent where a paper says how many pages there are. */
  readonly add?: (() => void) | undefined
  /** Adds pages over pictures; absent where nobody adds pages. */
  readonly bring?: { readonly room: number; readonly make: PdfTarget['makePages'] } | undefined
  /** Another page as this device knows it; whoever asks closes it. */
  readonly read: (place: number) => Promise<BoardPage>
  /** What lies below the pages: the sheet under the one shown, and the whole file. */
  readonly paper?: { readonly sheet: PaperPage; readonly bytes: Blob } | undefined
  /** The page was turned here, so that its surface takes the focus. */
  readonly isTurned: boolean
}
