import { ulid } from 'ulid'
import { endAt, isSized, type Sized } from '../../../../shared/board/elements/ends.ts'
import { extentOf } from '../../../../shared/board/elements/extent.ts'
import { isHit } from '../../../../shared/board/elements/hit.ts'
import { boxAround, distance, type Point } from '../../../../shared/board/plane/box.ts'
import { unmoved } from '../../../../shared/council/board/element.ts'
import type { Gesture, Tool } from '../engine/tool.ts'
import type { Draft, Workbench } from './workbench.ts'

/** Shorter ways, in CSS pixels, are a tap: the form has its usual size. */
const tap = 8
const usual = 160

/** Draws a form by its corners; with Shift its sides are alike. */
export function shapeTool(bench: Workbench): Tool {
  return dragTool(bench, (from, to, isEven) => {
    const { colour, pen: thickness, form, isFilled } = bench.style
    const isTap = distance(from, to) < bench.units(tap)
    const other = isTap ? { x: from.x + usual, y: from.y + usual } : isEven ? evened(from, to) : to
    const { left, top, right, bottom } = boxAround([from, other])!
    const place = { ...unmoved, x: left, y: top }
    const size = { width: right - left, height: bottom - top }
    return { kind: 'shape', place, ...size, form, colour, thickness, isFilled, text: '' }
  })
}

/** Draws a line or an arrow; its ends stick to what they are put on. */
export function lineTool(bench: Workbench, hasHead: boolean): Tool {
  return dragTool(bench, (from, to) => {
    const { colour, pen: thickness } = bench.style
    const end = distance(from, to) < bench.units(tap) ? { x: from.x + usual, y: from.y } : to
    const [first, second] = [targetAt(bench, from), targetAt(bench, end)]
    // Inside one element a line is a line of its own.
    const isWithin = first !== undefined && first.id === second?.id
    const ends = { from: endAt(from, isWithin ? undefined : first), to: endAt(end, isWithin ? undefined : second) }
    return { kind: 'line', ...ends, colour, thickness, hasHead }
  })
}

/** The topmost element at a point that a line can stick to. */
function targetAt({ engine }: Workbench, at: Point): Sized | undefined {
  const here = engine.scene.within({ left: at.x, top: at.y, right: at.x, bottom: at.y })
  return here.findLast(
    (element): element is Sized => isSized(element) && isHit(filled(element), at, 0, engine.scene.lookup),
  )
}

/** Lines stick to the inside of a form too, when it has no ground. */
const filled = (element: Sized): Sized => (element.kind === 'shape' ? { ...element, isFilled: true } : element)

function evened(from: Point, to: Point): Point {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))
  return { x: from.x + Math.sign(to.x - from.x) * side, y: from.y + Math.sign(to.y - from.y) * side }
}

function dragTool(bench: Workbench, make: (from: Point, to: Point, isEven: boolean) => Draft): Tool {
  return {
    cursor: 'crosshair',
    begin: ({ sample, isAdding }): Gesture => {
      const id = ulid()
      const { live, scene } = bench.engine
      let to: Point = sample
      const clear = (): void => {
        live.items.delete(id)
        bench.engine.refresh()
      }
      return {
        move: (samples) => {
          to = samples.at(-1)!
          const element = bench.finish(make(sample, to, isAdding), id)
          const box = extentOf(element, scene.lookup)
          if (box) live.items.set(id, { kind: 'elements', elements: [element], box })
          bench.engine.refresh()
        },
        end: () => {
          clear()
          bench.add(make(sample, to, isAdding), id)
        },
        cancel: clear,
      }
    },
  }
}
