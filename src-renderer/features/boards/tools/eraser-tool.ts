import { ulid } from 'ulid'
import { wiped, type Wipe } from '../../../../shared/board/elements/erase.ts'
import { isCrossed } from '../../../../shared/board/elements/hit.ts'
import { boxAround, grown, type Point } from '../../../../shared/board/plane/box.ts'
import { inside } from '../../../../shared/board/plane/similarity.ts'
import type { BoardElement, ElementContent, ElementOf } from '../../../../shared/council/board/element.ts'
import { packInk, unpackInk } from '../../../../shared/council/board/ink.ts'
import type { Tool } from '../engine/tool.ts'
import type { Workbench } from './workbench.ts'

/** What the eraser takes: everything that it touches, or the ink under it. */
export type Erasing = 'whole' | 'area'

/** Takes away what it touches; all of one go is one step of undo. */
export function eraserTool(bench: Workbench, erasing: Erasing): Tool {
  const { engine } = bench
  const ring = (id: string, at: Point | undefined): void => {
    if (at) engine.live.items.set(id, { kind: 'ring', at, radius: radiusOf(bench) })
    else engine.live.items.delete(id)
    engine.refresh()
  }
  return {
    cursor: 'none',
    hover: (at) => ring('eraser', at),
    leave: () => ring('eraser', undefined),
    begin: ({ sample }) => {
      const id = `eraser ${ulid()}`
      const end = engine.scene.page.beginDeed()
      let last: Point = sample
      const wipe = (to: Point): void => {
        erase(bench, erasing, { from: last, to, radius: radiusOf(bench) })
        last = to
        ring(id, to)
      }
      wipe(sample)
      const finish = (): void => {
        end()
        ring(id, undefined)
      }
      return { move: (samples) => samples.forEach(wipe), end: finish, cancel: finish }
    },
  }
}

const radiusOf = (bench: Workbench): number => bench.units(bench.style.eraser / 2)

function erase({ engine }: Workbench, erasing: Erasing, wipe: Wipe): void {
  const { page, lookup } = engine.scene
  const box = boxAround([wipe.from, wipe.to])
  if (!box) return
  const near = engine.scene.within(grown(box, wipe.radius)).filter(({ locked }) => !locked)
  page.transact(() => {
    for (const element of near)
      if (erasing === 'area') eraseInk(element, wipe, engine.scene.page)
      else if (isCrossed(element, wipe.from, wipe.to, wipe.radius, lookup)) page.remove([element.id])
  })
}

function eraseInk(element: BoardElement, wipe: Wipe, page: Workbench['engine']['scene']['page']): void {
  if (element.kind !== 'stroke') return
  const { place } = element
  const own = { from: inside(place, wipe.from), to: inside(place, wipe.to), radius: wipe.radius / place.scale }
  const rests = wiped(unpackInk(element.ink) ?? [], own)
  if (!rests) return
  page.remove([element.id])
  const { id: _, ...content }: ElementOf<'stroke'> = element
  for (const rest of rests) page.add(ulid(), { ...content, ink: packInk(rest) } satisfies ElementContent)
}
