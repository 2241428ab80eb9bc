/** The pages of a board, for turning them. */
export interface BoardPages {
  /** Which one is shown, from 0. */
  readonly place: number
  readonly count: number
  readonly go: (place: number) => void
  readonly add: () => void
}
