import { boxAround, centreOf } from '../../../../shared/board/plane/box.ts'
import { about, moving } from '../../../../shared/board/plane/similarity.ts'
import { panned, shownBox, zoomed } from '../engine/camera.ts'
import {
  duplicatePicked,
  groupPicked,
  lockPicked,
  orderPicked,
  removePicked,
  ungroupPicked,
} from '../selection/commands.ts'
import { byOrder } from '../engine/scene.ts'
import { putAt } from '../tools/place-tool.ts'
import type { Workbench } from '../tools/workbench.ts'
import { unmoved } from '../../../../shared/council/board/element.ts'
import type { BoardPages } from './board-pages.ts'
import type { Board } from './board.svelte.ts'
import { tools } from './tool-names.ts'

/** Units of the page that an arrow key moves what is picked, with Shift more; CSS pixels that it moves the page. */
const step = { small: 4, large: 32, page: 80 }
const turn = Math.PI / 36
const growth = 1.1
const formSize = 160

/** Everything that can be done on the board by keyboard. */
export function boardKeys(event: KeyboardEvent, board: Board, pages: BoardPages, canDraw: boolean): void {
  const { bench } = board
  if (!bench || event.altKey) return
  const key = `${event.ctrlKey || event.metaKey ? 'ctrl ' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
  const deed =
    { ...pageKeys(pages), ...viewKeys(board, bench) }[key] ??
    (canDraw ? drawKeys(board, bench, event.shiftKey)[key] : undefined)
  if (deed) {
    event.preventDefault()
    deed()
    return
  }
  const tool = tools.find((candidate) => candidate.key === key)
  if (!tool || (tool.leavesMarks && !canDraw)) return
  event.preventDefault()
  board.take(tool.name)
}

type Deeds = Readonly<Record<string, (() => void) | undefined>>

function pageKeys({ place, count, go }: BoardPages): Deeds {
  const turn = (to: number) => () => {
    if (to >= 0 && to < count) go(to)
  }
  return { PageUp: turn(place - 1), PageDown: turn(place + 1) }
}

function viewKeys({ engine }: Board, { selection }: Workbench): Deeds {
  if (!engine) return {}
  const zoom = (factor: number) => () => {
    engine.steer()
    engine.camera = zoomed(engine.camera, { x: engine.size.width / 2, y: engine.size.height / 2 }, factor)
  }
  const pan = (x: number, y: number) => () => {
    engine.steer()
    engine.camera = panned(engine.camera, { x, y })
  }
  const moves = {
    ArrowLeft: pan(step.page, 0),
    ArrowRight: pan(-step.page, 0),
    ArrowUp: pan(0, step.page),
    ArrowDown: pan(0, -step.page),
  }
  return {
    '0': () => engine.fit(),
    '+': zoom(1.25),
    '-': zoom(0.8),
    ...(selection.ids.size === 0 ? moves : {}),
  }
}

function drawKeys(board: Board, bench: Workbench, isShifted: boolean): Deeds {
  const { page } = board
  const all = [...page.elements.values()].toSorted(byOrder)
  return {
    'ctrl z': () => (isShifted ? page.redo() : page.undo()),
    'ctrl y': () => page.redo(),
    'ctrl a': () => {
      board.take('select')
      bench.selection.set(all.map(({ id }) => id))
    },
    Enter: () => begin(board, bench),
    ...(bench.selection.ids.size > 0 ? pickedKeys(bench, isShifted) : {}),
  }
}

function pickedKeys(bench: Workbench, isShifted: boolean): Deeds {
  const { selection } = bench
  const way = isShifted ? step.large : step.small
  const by = (x: number, y: number) => () => selection.move(moving(x * way, y * way))
  const inPlace = (angle: number, scale: number) => () => {
    if (selection.box) selection.move(about(centreOf(selection.box), angle, scale))
  }
  return {
    ArrowLeft: by(-1, 0),
    ArrowRight: by(1, 0),
    ArrowUp: by(0, -1),
    ArrowDown: by(0, 1),
    ',': inPlace(-turn, 1),
    '.': inPlace(turn, 1),
    '<': inPlace(0, 1 / growth),
    '>': inPlace(0, growth),
    Delete: () => removePicked(bench),
    Backspace: () => removePicked(bench),
    Escape: () => selection.set([]),
    'ctrl d': () => duplicatePicked(bench),
    'ctrl g': () => (isShifted ? ungroupPicked(bench) : groupPicked(bench)),
    'ctrl l': () => lockPicked(bench, !selection.isLocked),
    'ctrl ]': () => orderPicked(bench, isShifted ? 'front' : 'forward'),
    'ctrl [': () => orderPicked(bench, isShifted ? 'back' : 'backward'),
  }
}

/** Writes on what is picked, or puts what the tool makes in the middle of the window. */
function begin(board: Board, bench: Workbench): void {
  const { engine } = board
  const [only] = bench.selection.elements
  if (only) return board.write(only.id, only.kind === 'table' ? '0:0' : undefined)
  if (!engine) return
  const middle = centreOf(shownBox(engine.camera, engine.size))
  const { tool } = board
  if (tool === 'text' || tool === 'note' || tool === 'table' || tool === 'stamp') return putAt(bench, tool, middle)
  const { colour, pen: thickness, form, isFilled } = bench.style
  const half = formSize / 2
  const { left, top, right } = boxAround([
    { x: middle.x - half, y: middle.y - half },
    { x: middle.x + half, y: middle.y + half },
  ])!
  const look = { colour, thickness }
  const size = { width: formSize, height: formSize }
  const place = { ...unmoved, x: left, y: top }
  const made =
    tool === 'shape'
      ? bench.add({ kind: 'shape', place, ...size, form, isFilled, text: '', ...look })
      : tool === 'line' || tool === 'arrow'
        ? bench.add({
            kind: 'line',
            from: { x: left, y: middle.y },
            to: { x: right, y: middle.y },
            hasHead: tool === 'arrow',
            ...look,
          })
        : undefined
  if (made === undefined) return
  board.take('select')
  bench.selection.set([made])
}
