import type { IconGlyph } from '../icon/glyph.ts'

export interface NavigationEntry {
  readonly href: string
  readonly label: string
  readonly glyph: IconGlyph
  readonly current: boolean
}
