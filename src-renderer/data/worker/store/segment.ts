import type { Bounds } from '../../../../shared/packs/index.ts'

/** Many documents of one type that lie in one text. */
export interface Segment {
  readonly key: string
  readonly type: string
  readonly bounds: Bounds
}
