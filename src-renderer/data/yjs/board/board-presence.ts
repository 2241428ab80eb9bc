import type { InkPoint } from '../../../../shared/council/board/ink.ts'
import type { InkColour } from '../../../../shared/council/board/element.ts'

/** A stroke that is still being drawn; it is never stored. */
export interface LiveStroke {
  /** The id that the element will have, so that the finished stroke takes its place without a flicker. */
  readonly id: string
  readonly tool: 'pen' | 'marker' | 'laser'
  readonly colour: InkColour
  readonly thickness: number
  readonly points: readonly InkPoint[]
}

/** The part of the page that a window shows: its middle in the page's units, and device-independent zoom. */
export interface BoardView {
  readonly x: number
  readonly y: number
  readonly zoom: number
  /** Size of the window in CSS pixels, so that a smaller one can show all of it. */
  readonly width: number
  readonly height: number
}

/** What somebody does on a page right now. */
export interface PersonHere {
  readonly name: string
  readonly colour: InkColour
  readonly cursor?: { readonly x: number; readonly y: number }
  readonly view?: BoardView
  /** Asks the others to follow this person's view. */
  readonly isPresenting?: boolean
  readonly strokes: readonly LiveStroke[]
}

/**
 * Who is on a page and what they draw, told at frame rate and never stored. Whoever brings the page to others provides
 * it; a key stands for one window.
 */
export interface BoardPresence {
  /** Tells the others; fields that are left out stay as they are. The strokes are all that are being drawn. */
  publish(change: Partial<PersonHere>): void
  /** The others, without this window. */
  readonly others: ReadonlyMap<string, PersonHere>
  /** Calls back whenever `others` changed; returns its stop. */
  observe(changed: () => void): () => void
}

/** The presence of a page that is brought to nobody. */
export const nobodyElse: BoardPresence = {
  publish: () => undefined,
  others: new Map(),
  observe: () => () => undefined,
}
