/** What the fields of many records lie between, so that a selection knows whether it has to read them. */
export interface Bounds {
  /** Schema of the records that were looked at. */
  readonly schema: number
  /** Least and greatest sort key of a field's values; null where they are not bounded, absent where no record has it. */
  readonly fields: Readonly<Record<string, readonly [least: string, greatest: string] | null>>
}

/** Many documents of one type that lie in one text. */
export interface Segment {
  readonly key: string
  readonly type: string
  readonly bounds: Bounds
}
