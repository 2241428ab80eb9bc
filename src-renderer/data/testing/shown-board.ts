/** What a test is told of a board that a window is at. */
export interface ShownBoard {
  readonly ids: readonly string[]
  readonly phase: string
  readonly people: readonly string[]
  /** Of the page: whether this device may have it, and what of it waits for the hub. */
  readonly page: string
  readonly isStored: boolean
  readonly pending: number
  readonly refusal: string | undefined
  /** Updates that came from others at once. */
  readonly foreign: number
}
