/** A point of a stroke in the page's units; `pressure` from 0 to 1 says how wide the ink is there. */
export interface InkPoint {
  readonly x: number
  readonly y: number
  readonly pressure: number
}

/** Steps per unit of the page: finer than any screen shows at the usual zoom. */
const steps = 16
const longestStep = 0x7fff
/** Form of the packed bytes; another number is another form. */
const form = 1
const head = 1 + 4 + 4
const perPoint = 2 + 2 + 1
/** More points than anybody draws without lifting the pen; bytes that claim more are refused. */
const mostPoints = 100_000

/** Where a coordinate lies after packing, in the page's units. */
export const snapped = (value: number): number => Math.round(value * steps) / steps

/**
 * Packs a stroke: form (1 byte), first point (two int32 in sixteenths of a unit), then per point the way from the one
 * before (two int16) and its pressure (1 byte), all little-endian. Ways longer than an int16 become several points.
 */
export function packInk(points: readonly InkPoint[]): Uint8Array<ArrayBuffer> {
  const [first] = points
  const cells = first ? points.flatMap((point, place) => stepsTo(points[place - 1] ?? first, point)) : []
  const bytes = new Uint8Array(head + cells.length * perPoint)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, form)
  view.setInt32(1, cell(first?.x ?? 0), true)
  view.setInt32(5, cell(first?.y ?? 0), true)
  for (const [place, { dx, dy, pressure }] of cells.entries()) {
    const at = head + place * perPoint
    view.setInt16(at, dx, true)
    view.setInt16(at + 2, dy, true)
    view.setUint8(at + 4, pressure)
  }
  return bytes
}

/** Number of points in packed bytes; undefined for bytes that are no stroke. */
export function countInk(bytes: Uint8Array): number | undefined {
  const count = (bytes.length - head) / perPoint
  return bytes[0] === form && Number.isInteger(count) && count >= 0 && count <= mostPoints ? count : undefined
}

/** Calls back with every point of what `packInk` wrote, without keeping any; with none for bytes that are no stroke. */
export function eachInkPoint(bytes: Uint8Array, visit: (x: number, y: number, pressure: number) => void): void {
  const count = countInk(bytes) ?? 0
  if (count === 0) return
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let x = view.getInt32(1, true)
  let y = view.getInt32(5, true)
  for (let place = 0; place < count; place++) {
    const at = head + place * perPoint
    x += view.getInt16(at, true)
    y += view.getInt16(at + 2, true)
    visit(x / steps, y / steps, view.getUint8(at + 4) / 255)
  }
}

/** Reads what `packInk` wrote; undefined for bytes that are no stroke. */
export function unpackInk(bytes: Uint8Array): InkPoint[] | undefined {
  if (countInk(bytes) === undefined) return undefined
  const points: InkPoint[] = []
  eachInkPoint(bytes, (x, y, pressure) => points.push({ x, y, pressure }))
  return points
}

interface Step {
  readonly dx: number
  readonly dy: number
  readonly pressure: number
}

const cell = (value: number): number => Math.round(value * steps)

function stepsTo(from: InkPoint, to: InkPoint): Step[] {
  const [startX, startY] = [cell(from.x), cell(from.y)]
  const [wayX, wayY] = [cell(to.x) - startX, cell(to.y) - startY]
  const count = Math.max(1, Math.ceil(Math.max(Math.abs(wayX), Math.abs(wayY)) / longestStep))
  const pressure = Math.round(Math.min(1, Math.max(0, to.pressure)) * 255)
  return Array.from({ length: count }, (_, place) => {
    const part = (way: number): number => Math.round((way * (place + 1)) / count) - Math.round((way * place) / count)
    return { dx: part(wayX), dy: part(wayY), pressure }
  })
}
