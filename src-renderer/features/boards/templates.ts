import { unmoved, type InkColour, type NoteColour } from '../../../shared/council/board/element.ts'
import type { Point } from '../../../shared/board/plane/box.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { Draft } from './tools/workbench.ts'

/** Ready-made beginnings of a page. */
export const templates = {
  'pro-contra': { label: m.boards_template_pro_contra, drafts: proContra },
  timeline: { label: m.boards_template_timeline, drafts: timeline },
  priorities: { label: m.boards_template_priorities, drafts: priorities },
} as const
export type Template = keyof typeof templates

const heading = (text: string, at: Point, width: number, colour: InkColour = 'black'): Draft => ({
  ...{ kind: 'text', place: { ...unmoved, ...at }, width, height: 42, fontSize: 32, colour, text },
})
const note = (text: string, at: Point, paper: NoteColour, side = 180): Draft => ({
  ...{ kind: 'note', place: { ...unmoved, ...at }, width: side, height: side, paper, text },
})
const frame = (at: Point, width: number, height: number, colour: InkColour): Draft => ({
  ...{ kind: 'shape', form: 'rectangle', place: { ...unmoved, ...at }, width, height },
  ...{ colour, thickness: 2, isFilled: true, text: '' },
})
const line = (from: Point, to: Point, hasHead: boolean): Draft => ({
  ...{ kind: 'line', from, to, colour: 'grey', thickness: 4, hasHead },
})

function proContra({ x, y }: Point): Draft[] {
  const columns = [
    { left: x - 620, colour: 'green', title: m.boards_pro(), paper: 'mint' },
    { left: x + 20, colour: 'red', title: m.boards_contra(), paper: 'rose' },
  ] as const
  return columns.flatMap(({ left, colour, title, paper }) => [
    frame({ x: left, y: y - 330 }, 600, 660, colour),
    heading(title, { x: left + 24, y: y - 306 }, 540, colour),
    note('', { x: left + 24, y: y - 230 }, paper),
    note('', { x: left + 220, y: y - 230 }, paper),
  ])
}

function timeline({ x, y }: Point): Draft[] {
  const steps = [
    m.boards_step_start(),
    m.boards_step_plan(),
    m.boards_step_resolve(),
    m.boards_step_build(),
    m.boards_step_done(),
  ]
  const apart = 260
  const start = x - (apart * (steps.length - 1)) / 2
  return [
    line({ x: start - 80, y }, { x: start + apart * (steps.length - 1) + 160, y }, true),
    ...steps.flatMap((step, place): Draft[] => {
      const at = start + place * apart
      return [
        {
          kind: 'stamp',
          sign: 'dot',
          colour: 'blue',
          width: 28,
          height: 28,
          place: { ...unmoved, x: at - 14, y: y - 14 },
        },
        note(step, { x: at - 90, y: place % 2 === 0 ? y - 230 : y + 50 }, 'sky'),
      ]
    }),
  ]
}

/** Notes to write on, with room for dots beside each: who is asked gives as many as agreed with the stamp. */
function priorities({ x, y }: Point): Draft[] {
  const rows = [0, 1, 2, 3]
  return [
    heading(m.boards_priorities_title(), { x: x - 480, y: y - 380 }, 960),
    {
      ...heading(m.boards_priorities_how(), { x: x - 480, y: y - 330 }, 960, 'grey'),
      fontSize: 20,
      height: 26,
    } as Draft,
    ...rows.flatMap((row): Draft[] => [
      note('', { x: x - 480, y: y - 280 + row * 172 }, 'yellow', 150),
      frame({ x: x - 310, y: y - 280 + row * 172 }, 790, 150, 'grey'),
    ]),
    ...rows.map((place): Draft => ({
      ...{ kind: 'stamp', sign: 'dot', colour: 'red', width: 36, height: 36 },
      place: { ...unmoved, x: x + 520, y: y - 260 + place * 52 },
    })),
  ]
}
