import { m } from '../../../shared/i18n/index.ts'
import type {
  BoardElement,
  ElementKind,
  InkColour,
  NoteColour,
  ShapeForm,
  StampSign,
} from '../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../shared/council/board/ground-picture.ts'
import type { ApiFailure } from '../../../shared/hub-api/contract.ts'
import type { ToolName } from './screen/tool-names.ts'

export const colourWords: Readonly<Record<InkColour | NoteColour, () => string>> = {
  black: m.boards_black,
  grey: m.boards_grey,
  red: m.boards_red,
  orange: m.boards_orange,
  green: m.boards_green,
  blue: m.boards_blue,
  violet: m.boards_violet,
  yellow: m.boards_yellow,
  rose: m.boards_rose,
  mint: m.boards_mint,
  sky: m.boards_sky,
}

export const formWords: Readonly<Record<ShapeForm, () => string>> = {
  rectangle: m.boards_rectangle,
  ellipse: m.boards_ellipse,
  triangle: m.boards_triangle,
  diamond: m.boards_diamond,
}

export const signWords: Readonly<Record<StampSign, () => string>> = {
  check: m.boards_sign_check,
  cross: m.boards_sign_cross,
  question: m.boards_sign_question,
  star: m.boards_sign_star,
  heart: m.boards_sign_heart,
  up: m.boards_sign_up,
  down: m.boards_sign_down,
  dot: m.boards_sign_dot,
}

/** Why something was not done at a board, in a sentence; a board at rest says so itself. */
export function refusalInWords(
  failure: ApiFailure | 'unreachable',
  { offline, refused }: { readonly offline: () => string; readonly refused: () => string },
): string {
  if (failure === 'unreachable') return offline()
  return failure.error === 'at-rest' ? m.boards_at_rest() : refused()
}

/** What can be chosen about the look of things. */
export type StyleChoice = 'colour' | 'width' | 'paper' | 'form' | 'sign' | 'eraser'

const ofTools: Readonly<Record<ToolName, readonly StyleChoice[]>> = {
  ...{ select: [], hand: [], laser: [], table: [], spotlight: [] },
  ...{ pen: ['colour', 'width'], marker: ['colour', 'width'], eraser: ['eraser'], 'area-eraser': ['eraser'] },
  ...{ shape: ['form', 'colour', 'width'], line: ['colour', 'width'], arrow: ['colour', 'width'] },
  ...{ text: ['colour'], note: ['paper'], stamp: ['sign', 'colour'] },
}
const ofKinds: Readonly<Record<ElementKind, readonly StyleChoice[]>> = {
  ...{ stroke: ['colour', 'width'], shape: ['form', 'colour', 'width'], line: ['colour', 'width'] },
  ...{ text: ['colour'], note: ['paper'], picture: [], table: [], stamp: ['sign', 'colour'] },
}

/** What can be chosen for the tool in hand, or for what is picked. */
export function stylesFor(tool: ToolName, picked: readonly BoardElement[]): ReadonlySet<StyleChoice> {
  return new Set(picked.length > 0 ? picked.flatMap(({ kind }) => ofKinds[kind]) : ofTools[tool])
}

/** The picture of a page's ground in words, for those who do not see it. */
export const groundInWords = ({ text }: Pick<GroundPicture, 'text'>): string => m.boards_is_ground({ text })

/** An element in words, for those who do not see it. */
export function elementInWords(element: BoardElement): string {
  switch (element.kind) {
    case 'stroke':
      return m.boards_is_stroke({ colour: colourWords[element.colour]() })
    case 'line':
      return element.hasHead ? m.boards_is_arrow() : m.boards_is_line()
    case 'shape':
      return m.boards_is_shape({ form: formWords[element.form](), text: element.text })
    case 'text':
      return m.boards_is_text({ text: element.text })
    case 'note':
      return m.boards_is_note({ text: element.text })
    case 'picture':
      return m.boards_is_picture({ text: element.text })
    case 'table':
      return m.boards_is_table({ rows: element.rows, columns: element.columns, text: tableInWords(element.cells) })
    case 'stamp':
      return m.boards_is_stamp({ sign: signWords[element.sign]() })
  }
}

const tableInWords = (cells: Readonly<Record<string, string>>): string =>
  Object.entries(cells)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap(([, words]) => (words ? [words] : []))
    .join(' · ')
