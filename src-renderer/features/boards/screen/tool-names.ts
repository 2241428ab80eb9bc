import ArrowUpRight from '@lucide/svelte/icons/arrow-up-right'
import Eraser from '@lucide/svelte/icons/eraser'
import Hand from '@lucide/svelte/icons/hand'
import Highlighter from '@lucide/svelte/icons/highlighter'
import MousePointer2 from '@lucide/svelte/icons/mouse-pointer-2'
import Pen from '@lucide/svelte/icons/pen'
import Shapes from '@lucide/svelte/icons/shapes'
import Slash from '@lucide/svelte/icons/slash'
import Spotlight from '@lucide/svelte/icons/spotlight'
import Stamp from '@lucide/svelte/icons/stamp'
import StickyNote from '@lucide/svelte/icons/sticky-note'
import Table from '@lucide/svelte/icons/table'
import Type from '@lucide/svelte/icons/type'
import Wand from '@lucide/svelte/icons/wand'
import { m } from '../../../../shared/i18n/index.ts'
import type { IconGlyph } from '../../../ui/icon/glyph.ts'
import type { Tool } from '../engine/tool.ts'
import { eraserTool } from '../tools/eraser-tool.ts'
import { lineTool, shapeTool } from '../tools/form-tool.ts'
import { inkTool } from '../tools/ink-tool.ts'
import { laserTool } from '../tools/laser-tool.ts'
import { placeTool } from '../tools/place-tool.ts'
import { selectTool } from '../tools/select-tool.ts'
import { spotlightTool } from '../tools/spotlight-tool.ts'
import type { Workbench } from '../tools/workbench.ts'

/** What can be taken in hand, in the order of the tool bar, with the key that takes it. */
export const tools = [
  { name: 'select', label: m.boards_tool_select, glyph: MousePointer2, key: 'v', leavesMarks: true },
  { name: 'hand', label: m.boards_tool_hand, glyph: Hand, key: 'h', leavesMarks: false },
  { name: 'pen', label: m.boards_tool_pen, glyph: Pen, key: 'p', leavesMarks: true },
  { name: 'marker', label: m.boards_tool_marker, glyph: Highlighter, key: 'm', leavesMarks: true },
  { name: 'eraser', label: m.boards_tool_eraser, glyph: Eraser, key: 'e', leavesMarks: true },
  { name: 'laser', label: m.boards_tool_laser, glyph: Wand, key: 'l', leavesMarks: false },
  { name: 'shape', label: m.boards_tool_shape, glyph: Shapes, key: 'r', leavesMarks: true },
  { name: 'line', label: m.boards_tool_line, glyph: Slash, key: 'i', leavesMarks: true },
  { name: 'arrow', label: m.boards_tool_arrow, glyph: ArrowUpRight, key: 'a', leavesMarks: true },
  { name: 'text', label: m.boards_tool_text, glyph: Type, key: 't', leavesMarks: true },
  { name: 'note', label: m.boards_tool_note, glyph: StickyNote, key: 'n', leavesMarks: true },
  { name: 'table', label: m.boards_tool_table, glyph: Table, key: 'b', leavesMarks: true },
  { name: 'stamp', label: m.boards_tool_stamp, glyph: Stamp, key: 's', leavesMarks: true },
  { name: 'spotlight', label: m.boards_tool_spotlight, glyph: Spotlight, key: 'o', leavesMarks: true },
] as const satisfies readonly {
  name: string
  label: () => string
  glyph: IconGlyph
  key: string
  /** Not for those who may only look. */
  leavesMarks: boolean
}[]

export type ToolName = (typeof tools)[number]['name'] | 'area-eraser'

const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
const hand: Tool = { cursor: 'grab', isHand: true, begin: () => undefined }

/** The tool of a name. */
export function toolFor(name: ToolName, bench: Workbench): Tool {
  switch (name) {
    case 'select':
      return selectTool(bench)
    case 'hand':
      return hand
    case 'pen':
    case 'marker':
      return inkTool(bench, name)
    case 'eraser':
      return eraserTool(bench, 'whole')
    case 'area-eraser':
      return eraserTool(bench, 'area')
    case 'laser':
      return laserTool(bench, isStill())
    case 'shape':
      return shapeTool(bench)
    case 'line':
      return lineTool(bench, false)
    case 'arrow':
      return lineTool(bench, true)
    case 'spotlight':
      return spotlightTool(bench)
    case 'text':
    case 'note':
    case 'table':
    case 'stamp':
      return placeTool(bench, name)
  }
}
