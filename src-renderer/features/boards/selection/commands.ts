import { generateNKeysBetween } from 'fractional-indexing'
import { ulid } from 'ulid'
import { moved, wayToAlign, type Alignment } from '../../../../shared/board/elements/arrange.ts'
import { moving } from '../../../../shared/board/plane/similarity.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { byOrder } from '../engine/scene.ts'
import { draftOf, type Workbench } from '../tools/workbench.ts'
import { copiesOf } from './copies.ts'

/** What is done with everything that is picked. Each is one step of undo; what is locked stays as it is. */

/** Takes it away. */
export function removePicked({ selection, engine }: Workbench): void {
  engine.scene.page.remove(unlocked(selection.elements).map(({ id }) => id))
}

/** Makes a copy a little beside it and picks that; lines between copies stick to the copies. */
export function duplicatePicked(bench: Workbench): void {
  const copies = copiesOf(bench.selection.elements.toSorted(byOrder))
  const way = moving(24, 24)
  const drafts = copies.map((copy) => ({ ...draftOf(copy), ...moved(copy, way), locked: false }))
  bench.selection.set(
    bench.addAll(
      drafts,
      copies.map(({ id }) => id),
    ),
  )
}

/** From now on it is picked together. */
export function groupPicked({ selection, engine }: Workbench): void {
  const group = ulid()
  changeAll(engine.scene.page, selection.elements, () => ({ group }))
  selection.set(selection.ids)
}

export const ungroupPicked = ({ selection, engine }: Workbench): void =>
  changeAll(engine.scene.page, selection.elements, () => ({ group: undefined }))

/** Keeps it from being moved, changed and erased; or lets it go again. */
export const lockPicked = ({ selection, engine }: Workbench, locked: boolean): void =>
  changeAll(engine.scene.page, selection.elements, () => ({ locked: locked || undefined }))

/** Moves it to one line: groups move as one. */
export function alignPicked({ selection, engine }: Workbench, alignment: Alignment): void {
  const frame = selection.box
  const { scene } = engine
  if (!frame) return
  const parts = Object.values(Object.groupBy(unlocked(selection.elements), ({ id, group }) => group ?? id))
  scene.page.transact(() => {
    for (const part of parts) {
      const box = part && scene.boxAround(part.map(({ id }) => id))
      if (!box) continue
      const { x, y } = wayToAlign(box, frame, alignment)
      changeAll(scene.page, part, (element) => ({ ...moved(element, moving(x, y)) }))
    }
  })
}

export type OrderStep = 'front' | 'forward' | 'backward' | 'back'

/** Moves it over or under the others; steps pass the next one that it touches. */
export function orderPicked({ selection, engine }: Workbench, step: OrderStep): void {
  const { page } = engine.scene
  const picked = unlocked(selection.elements).toSorted(byOrder)
  const box = selection.box
  if (picked.length === 0 || !box) return
  const others = [...page.elements.values()].filter(({ id }) => !selection.ids.has(id)).toSorted(byOrder)
  const touched = new Set(engine.scene.within(box).map(({ id }) => id))
  const place = placeFor(step, picked, others, touched)
  // Two elements may share a key when two people drew at once: the next different one is the border.
  const below = others[place - 1]?.z ?? null
  const above = others.slice(place).find(({ z }) => below === null || z > below)?.z ?? null
  const keys = generateNKeysBetween(below, above, picked.length)
  page.transact(() => picked.forEach(({ id }, at) => page.change(id, { z: keys[at]! })))
}

/** Before which of the others it comes. */
function placeFor(
  step: OrderStep,
  picked: readonly BoardElement[],
  others: readonly BoardElement[],
  touched: ReadonlySet<string>,
): number {
  if (step === 'front') return others.length
  if (step === 'back') return 0
  if (step === 'forward') {
    const next = others.findIndex((other) => touched.has(other.id) && byOrder(other, picked.at(-1)!) > 0)
    return next < 0 ? others.length : next + 1
  }
  return Math.max(
    0,
    others.findLastIndex((other) => touched.has(other.id) && byOrder(other, picked[0]!) < 0),
  )
}

/** Changes how it looks; elements without such a field stay as they are. */
export function stylePicked({ selection, engine }: Workbench, look: Readonly<Record<string, unknown>>): void {
  changeAll(engine.scene.page, selection.elements, (element) =>
    Object.fromEntries(Object.entries(look).filter(([field]) => field in element)),
  )
}

const unlocked = (elements: readonly BoardElement[]): BoardElement[] => elements.filter(({ locked }) => !locked)

function changeAll(
  page: BoardPage,
  elements: readonly BoardElement[],
  change: (element: BoardElement) => Readonly<Record<string, unknown>>,
): void {
  page.transact(() => {
    for (const element of elements) page.change(element.id, change(element))
  })
}
