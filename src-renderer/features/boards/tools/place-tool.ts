import type { Point } from '../../../../shared/board/plane/box.ts'
import { unmoved } from '../../../../shared/council/board/element.ts'
import type { Tool } from '../engine/tool.ts'
import type { Draft, Workbench } from './workbench.ts'

/** What is put on the page with a tap. */
export type Placeable = 'text' | 'note' | 'table' | 'stamp'

const sizes = {
  text: { width: 360, height: 40 },
  note: { width: 200, height: 200 },
  table: { width: 540, height: 200 },
  stamp: { width: 44, height: 44 },
} as const

/** Puts something where the page is tapped, and asks for its words. */
export function placeTool(bench: Workbench, kind: Placeable): Tool {
  return {
    cursor: kind === 'text' ? 'text' : 'copy',
    begin: ({ sample }) => ({
      move: () => undefined,
      cancel: () => undefined,
      end: () => putAt(bench, kind, sample),
    }),
  }
}

/** Puts something with its middle at a point; words begin there. */
export function putAt(bench: Workbench, kind: Placeable, at: Point): void {
  const id = bench.add(draftOf(bench, kind, at))
  if (kind !== 'stamp') bench.write(id, kind === 'table' ? '0:0' : undefined)
}

function draftOf({ style }: Workbench, kind: Placeable, { x, y }: Point): Draft {
  const size = sizes[kind]
  const centred = { place: { ...unmoved, x: x - size.width / 2, y: y - size.height / 2 }, ...size }
  switch (kind) {
    case 'text': {
      const place = { ...unmoved, x, y: y - size.height / 2 }
      return { kind, ...size, place, colour: style.colour, fontSize: style.fontSize, text: '' }
    }
    case 'note':
      return { kind, ...centred, paper: style.paper, text: '' }
    case 'table':
      return { kind, ...centred, rows: 3, columns: 3, cells: {} }
    case 'stamp':
      return { kind, ...centred, sign: style.sign, colour: style.colour }
  }
}
