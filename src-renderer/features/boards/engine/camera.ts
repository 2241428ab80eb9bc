import { centreOf, type Box, type Point } from '../../../../shared/board/plane/box.ts'
import type { BoardView } from '../../../data/yjs/board/index.ts'

/** Which part of the page the window shows: the page's point at its top left, and CSS pixels per unit of the page. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** A size in CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

const zooms = { least: 0.02, most: 16 }

const within = (zoom: number): number => Math.min(zooms.most, Math.max(zooms.least, zoom))

export const toPage = ({ x, y, zoom }: Camera, point: Point): Point => ({
  x: x + point.x / zoom,
  y: y + point.y / zoom,
})

export const toWindow = ({ x, y, zoom }: Camera, point: Point): Point => ({
  x: (point.x - x) * zoom,
  y: (point.y - y) * zoom,
})

/** Moves the page with the fingers, by CSS pixels. */
export const panned = ({ x, y, zoom }: Camera, by: Point): Camera => ({ x: x - by.x / zoom, y: y - by.y / zoom, zoom })

/** Zooms by a factor; what lies at a point of the window stays there. */
export function zoomed(camera: Camera, at: Point, factor: number): Camera {
  const zoom = within(camera.zoom * factor)
  const held = toPage(camera, at)
  return { x: held.x - at.x / zoom, y: held.y - at.y / zoom, zoom }
}

/** Shows all of a box, in the middle of the window, at most as large as `most` CSS pixels per unit. */
export function fitting(box: Box, size: Size, most = 1, margin = 48): Camera {
  const [width, height] = [Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top)]
  const room = { width: Math.max(1, size.width - 2 * margin), height: Math.max(1, size.height - 2 * margin) }
  return centred(centreOf(box), within(Math.min(most, room.width / width, room.height / height)), size)
}

const centred = ({ x, y }: Point, zoom: number, { width, height }: Size): Camera => ({
  x: x - width / zoom / 2,
  y: y - height / zoom / 2,
  zoom,
})

/** The part of the page that a window shows. */
export const shownBox = ({ x, y, zoom }: Camera, { width, height }: Size): Box => ({
  left: x,
  top: y,
  right: x + width / zoom,
  bottom: y + height / zoom,
})

/** What others need to follow this window. */
export function viewOf(camera: Camera, size: Size): BoardView {
  return { ...centreOf(shownBox(camera, size)), zoom: camera.zoom, width: size.width, height: size.height }
}

/** Shows all of what another window shows, whatever the size of this one. */
export const following = (view: BoardView, size: Size): Camera =>
  centred(view, within(view.zoom * Math.min(size.width / view.width, size.height / view.height)), size)
