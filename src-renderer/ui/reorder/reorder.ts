import type { Attachment } from 'svelte/attachments'
import { placeAt } from './place.ts'

export interface Reordering {
  /** Places counted from 0. */
  readonly onmove: (from: number, to: number) => void
}

const rowsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(':scope > [data-row]')]

/**
 * Makes the rows (`data-row`) of a list movable by their grips (`data-grip`): dragged by finger, pen or mouse, or with
 * the arrow keys while a grip has the focus. The list itself is changed by whoever is told; offer a menu beside it for
 * those who can do neither.
 */
export const reorder =
  ({ onmove }: Reordering): Attachment<HTMLElement> =>
  (list) => {
    const gripOf = (event: Event): { grip: HTMLElement; row: HTMLElement; from: number } | undefined => {
      const grip = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-grip]') : null
      const row = grip?.closest<HTMLElement>('[data-row]')
      return grip && row && row.parentElement === list ? { grip, row, from: rowsOf(list).indexOf(row) } : undefined
    }

    function press(event: PointerEvent): void {
      const found = gripOf(event)
      if (!found || event.button !== 0) return
      event.preventDefault()
      found.grip.focus()
      found.grip.setPointerCapture(event.pointerId)
      drag(list, found, event, onmove)
    }

    function key(event: KeyboardEvent): void {
      const found = gripOf(event)
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!found || step === undefined) return
      event.preventDefault()
      const to = found.from + step
      if (to >= 0 && to < rowsOf(list).length) onmove(found.from, to)
    }

    list.addEventListener('pointerdown', press)
    list.addEventListener('keydown', key)
    return () => {
      list.removeEventListener('pointerdown', press)
      list.removeEventListener('keydown', key)
    }
  }

/** Follows one pointer until it lets go; the row floats under it and the others make room. */
function drag(
  list: HTMLElement,
  { grip, row, from }: { grip: HTMLElement; row: HTMLElement; from: number },
  began: PointerEvent,
  onmove: (from: number, to: number) => void,
): void {
  const rows = rowsOf(list)
  const boxes = rows.map((other) => other.getBoundingClientRect())
  const height = row.getBoundingClientRect().height
  let to = from
  row.dataset['dragged'] = ''
  const move = (event: PointerEvent): void => {
    row.style.translate = `0 ${event.clientY - began.clientY}px`
    to = placeAt(event.clientY, boxes, from)
    for (const [index, other] of rows.entries()) {
      if (other === row) continue
      const shift = index > from && index <= to ? -height : index < from && index >= to ? height : 0
      other.style.translate = shift ? `0 ${shift}px` : ''
    }
  }
  const end = (event: PointerEvent): void => {
    grip.removeEventListener('pointermove', move)
    grip.removeEventListener('pointerup', end)
    grip.removeEventListener('pointercancel', end)
    delete row.dataset['dragged']
    for (const other of rows) other.style.translate = ''
    if (event.type === 'pointerup' && to !== from) onmove(from, to)
  }
  grip.addEventListener('pointermove', move)
  grip.addEventListener('pointerup', end)
  grip.addEventListener('pointercancel', end)
}
