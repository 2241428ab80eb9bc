import type { IconGlyph } from '../icon/glyph.ts'

export interface MenuEntry {
  readonly label: string
  /** Tells entries of the same label apart. */
  readonly key?: string
  /** Heading over this entry and those beside it that name the same one. */
  readonly group?: string
  readonly glyph?: IconGlyph
  /** A link when given, otherwise `onselect` runs. */
  readonly href?: string
  readonly onselect?: () => void
  readonly critical?: boolean
  /** Draws a line before this entry. */
  readonly separated?: boolean
}
