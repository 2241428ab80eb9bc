import { isHeldByLasso, isHit } from '../../../../shared/board/elements/hit.ts'
import { boxAround, distance, grown, type Point } from '../../../../shared/board/plane/box.ts'
import { moving } from '../../../../shared/board/plane/similarity.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import type { Gesture, Tool, Touchdown } from '../engine/tool.ts'
import type { Workbench } from './workbench.ts'

/** How far from an element, in CSS pixels, it still can be picked. */
const reach = { mouse: 5, pen: 8, touch: 16 }
const tap = 6

/** Picks what is tapped or circled, and moves it. A tap on what is picked already asks for its words. */
export function selectTool(bench: Workbench): Tool {
  return {
    cursor: 'default',
    begin: (down) => {
      const hit = elementAt(bench, down.sample, reach[down.type])
      if (!hit) return lassoGesture(bench, down)
      const { selection } = bench
      const wasPicked = selection.ids.has(hit.id)
      if (down.isAdding) selection.toggle(hit.id)
      else if (!wasPicked) selection.set([hit.id])
      return moveGesture(
        bench,
        down,
        () => wasPicked && !down.isAdding && bench.write(hit.id, cellAt(hit, down.sample)),
      )
    },
  }
}

/** The topmost element at a point. */
export function elementAt({ engine }: Workbench, at: Point, pixels: number): BoardElement | undefined {
  const tolerance = pixels / engine.camera.zoom
  const near = engine.scene.within(grown({ left: at.x, top: at.y, right: at.x, bottom: at.y }, tolerance))
  return near.findLast((element) => isHit(element, at, tolerance, engine.scene.lookup))
}

/** The cell of a table at a point of the page. */
function cellAt(element: BoardElement, { x, y }: Point): string | undefined {
  if (element.kind !== 'table') return undefined
  const { place, width, height, rows, columns } = element
  const [cos, sin] = [Math.cos(place.angle) / place.scale, Math.sin(place.angle) / place.scale]
  const [dx, dy] = [x - place.x, y - place.y]
  const part = (value: number, whole: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor((value / whole) * count)))
  return `${part(cos * dy - sin * dx, height, rows)}:${part(cos * dx + sin * dy, width, columns)}`
}

function moveGesture({ selection, engine }: Workbench, { sample }: Touchdown, tapped: () => void): Gesture {
  let [movement, isMoved] = [moving(0, 0), false]
  return {
    move: (samples) => {
      const at = samples.at(-1)!
      isMoved ||= distance(at, sample) * engine.camera.zoom > tap
      if (!isMoved) return
      movement = moving(at.x - sample.x, at.y - sample.y)
      selection.preview(movement)
    },
    end: () => {
      if (isMoved) selection.move(movement)
      else tapped()
    },
    cancel: () => selection.preview(undefined),
  }
}

function lassoGesture({ selection, engine }: Workbench, { sample, isAdding }: Touchdown): Gesture {
  const points: Point[] = [sample]
  const clear = (): void => {
    engine.live.items.delete('lasso')
    engine.refresh()
  }
  return {
    move: (samples) => {
      points.push(...samples)
      engine.live.items.set('lasso', { kind: 'loop', points })
      engine.refresh()
    },
    end: () => {
      clear()
      const box = boxAround(points)
      const held = box ? engine.scene.within(box) : []
      const ids = held.filter((element) => isHeldByLasso(element, points, engine.scene.lookup)).map(({ id }) => id)
      selection.set(isAdding ? [...selection.ids, ...ids] : ids)
    },
    cancel: clear,
  }
}
