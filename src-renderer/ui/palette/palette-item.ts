import type { IconGlyph } from '../icon/glyph.ts'

export interface PaletteItem {
  readonly key: string
  readonly title: string
  readonly detail?: string | undefined
  readonly glyph?: IconGlyph
  readonly href: string
}

export interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
}
