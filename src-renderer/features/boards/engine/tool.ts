import type { Point } from '../../../../shared/board/plane/box.ts'
import type { InkPoint } from '../../../../shared/council/board/ink.ts'

/** Where a pointer was, in the page's units. */
export interface Sample extends InkPoint {
  /** Milliseconds, as of `performance.now`. */
  readonly time: number
}

/** What one pointer does with a tool from coming down to being lifted. */
export interface Gesture {
  /** Every point that the device reported, and where the browser thinks that it goes: that is shown, never kept. */
  move(samples: readonly Sample[], predicted: readonly Sample[]): void
  end(): void
  /** It was no drawing, but a palm or a pinch: everything is taken back. */
  cancel(): void
}

/** How a pointer came down. */
export interface Touchdown {
  readonly sample: Sample
  readonly type: 'mouse' | 'pen' | 'touch'
  /** With Shift or Control: adds to what is selected. */
  readonly isAdding: boolean
}

/** What pens, fingers and the mouse do on the board. Each pointer has a gesture of its own. */
export interface Tool {
  /** How the mouse looks over the board. */
  readonly cursor: string
  /** The tool moves the page. */
  readonly isHand?: boolean
  begin(down: Touchdown): Gesture | undefined
  /** A mouse or pen moves without touching; undefined when it leaves. */
  hover?(at: Point | undefined): void
  /** Another tool is taken. */
  leave?(): void
}
