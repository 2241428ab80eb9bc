import type { IconGlyph } from '../icon/glyph.ts'

export interface NavigationEntry {
  readonly href: string
  readonly label: string
  /** Shown in place of the label where room is scarce. */
  readonly short?: string | undefined
  readonly glyph: IconGlyph
  readonly current: boolean
}
