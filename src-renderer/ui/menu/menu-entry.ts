import type { IconGlyph } from '../icon/glyph.ts'

export interface MenuEntry {
  readonly label: string
  readonly glyph?: IconGlyph
  /** A link when given, otherwise `onselect` runs. */
  readonly href?: string
  readonly onselect?: () => void
  readonly critical?: boolean
  /** Draws a line before this entry. */
  readonly separated?: boolean
}
