import type { InkColour, NoteColour } from '../../../../shared/council/board/element.ts'

/** A colour by name; what it looks like follows from the ground it stands on. */
export type Paint = InkColour | NoteColour | 'ground' | 'line' | 'desk'
/** What each paint looks like. */
export type Palette = Readonly<Record<Paint, string>>

/** Ink on a light ground: at least 4.5:1 against white. */
export const lightPalette: Palette = {
  black: '#1b1f24',
  grey: '#646b74',
  red: '#c22f2a',
  orange: '#a85400',
  green: '#1d7446',
  blue: '#1f62b0',
  violet: '#7a3f96',
  yellow: '#fdf0a8',
  rose: '#fbd7d9',
  mint: '#d3f0dd',
  sky: '#d5e8fb',
  ground: '#ffffff',
  line: '#e1e1dc',
  desk: '#dcdcd6',
}

/** Ink on a dark ground: at least 4.5:1 against it. */
const darkPalette: Palette = {
  black: '#f1f2f4',
  grey: '#a9b0b9',
  red: '#ff938c',
  orange: '#ffb066',
  green: '#7ad8a5',
  blue: '#8fc2ff',
  violet: '#dcaeee',
  yellow: '#5b4f16',
  rose: '#5c2f33',
  mint: '#1f4a33',
  sky: '#1f4363',
  ground: '#1b1e22',
  line: '#33383f',
  desk: '#b4b8bd',
}

/** The palette that is legible on an element's ground, with that ground in it. */
export function paletteOn(element: Element): Palette {
  const ground = getComputedStyle(element).backgroundColor
  return { ...(isDark(ground) ? darkPalette : lightPalette), ground }
}

/**
 * The palette for what is drawn on a paper: white in the dark too. Around it the desk is light enough for the same ink,
 * 3:1 at least.
 */
export function paletteOnPaper(element: Element): Palette {
  const { desk } = isDark(getComputedStyle(element).backgroundColor) ? darkPalette : lightPalette
  return { ...lightPalette, desk }
}

function isDark(colour: string): boolean {
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128
}
