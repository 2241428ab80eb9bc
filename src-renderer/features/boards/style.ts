import type { Style } from './tools/workbench.ts'

/** How new things look before anybody chose. */
export const usualStyle: Readonly<Style> = {
  colour: 'black',
  pen: 4,
  marker: 24,
  eraser: 40,
  paper: 'yellow',
  form: 'rectangle',
  isFilled: false,
  sign: 'check',
  fontSize: 28,
}
