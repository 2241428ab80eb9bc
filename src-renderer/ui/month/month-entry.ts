export interface MonthEntry {
  readonly key: string
  /** Calendar day, `yyyy-mm-dd`. */
  readonly day: string
  readonly href: string
  readonly time: string
  readonly title: string
  /** What a screen reader says of the entry, day included. */
  readonly label: string
  readonly struck?: boolean
}
