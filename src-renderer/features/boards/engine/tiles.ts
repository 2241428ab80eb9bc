import { touches, type Box } from '../../../../shared/board/plane/box.ts'
import type { Ground } from '../../../../shared/council/board/page.ts'
import { drawElements, type Context, type Ink } from '../drawing/canvas.ts'
import type { Below } from './below.ts'
import { shownBox, type Camera, type Size } from './camera.ts'
import { drawDesk, drawGround } from './ground.ts'
import type { Scene, SceneChange } from './scene.ts'

/** Side of a tile in device pixels. */
const side = 512
/** Levels are powers of two of device pixels per unit; closer than the last one, its tiles are drawn larger. */
const levels = { least: -7, most: 5 }
/** A tile may be drawn larger by this before the next level takes its place; small print would be hard to read then. */
const softness = { ink: 1.2, sheet: 1 }
/** Tiles kept beyond those on the screen, of about a megabyte each. */
const kept = 96

interface Tile {
  readonly level: number
  readonly column: number
  readonly row: number
  readonly box: Box
  /** Without one there is nothing in it but the ground. */
  canvas: OffscreenCanvas | undefined
  isStale: boolean
}

/** What a frame is drawn for. */
export interface Frame {
  readonly camera: Camera
  readonly size: Size
  /** Device pixels per CSS pixel. */
  readonly ratio: number
}

const keyOf = (level: number, column: number, row: number): string => `${level} ${column} ${row}`

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('The browser gave no canvas to draw on.')
  return context
}

/** The picture of a page, in tiles that are drawn once and moved. */
export class Tiles {
  readonly #scene: Scene
  #ink: Ink
  #ground: Ground
  #below: Below | undefined
  /** In the order of their last use. */
  readonly #tiles = new Map<string, Tile>()
  readonly #bare = new Map<number, OffscreenCanvas>()
  readonly #spare: OffscreenCanvas[] = []

  /** @param below lies on the ground, below everything drawn */
  constructor(scene: Scene, ink: Ink, ground: Ground, below: Below | undefined) {
    this.#below = below
    this.#scene = scene
    this.#ink = ink
    this.#ground = ground
  }

  /** Draws everything anew, with another look. */
  restyle(ink: Ink, ground: Ground, below: Below | undefined): void {
    this.#ink = ink
    this.#ground = ground
    this.#below = below
    this.#bare.clear()
    this.outdate()
  }

  /** Lets everything be drawn anew, or what lies in a part of the page, as room in the frames allows. */
  outdate(part?: Box): void {
    for (const tile of this.#tiles.values()) if (!part || touches(part, tile.box)) tile.isStale = true
  }

  /** Draws new elements over what is there, and lets only those tiles be drawn anew that something left. */
  take({ onTop, stale }: SceneChange): void {
    for (const tile of this.#tiles.values()) {
      if (stale.some((box) => touches(box, tile.box))) tile.isStale = true
      // What waits to be drawn anew shows it meanwhile: else it would vanish between the pen and the page.
      if (tile.isStale && !tile.canvas) continue
      const here = onTop.filter((element) => {
        const box = this.#scene.boxOf(element.id)
        return box && touches(box, tile.box)
      })
      if (here.length === 0) continue
      const isBare = !tile.canvas
      tile.canvas ??= this.#canvas()
      const context = contextOf(tile.canvas)
      if (isBare) context.drawImage(this.#bareTile(tile.level), 0, 0)
      this.#draw(context, tile, here)
    }
  }

  /**
   * Draws a frame. Tiles that are missing are made until the deadline (as of `performance.now`), but at least one;
   * coarser or finer ones stand in for the others. Says whether the picture is complete.
   */
  draw(context: Context, frame: Frame, deadline: number): boolean {
    const wanted = this.#wanted(frame)
    const missing = wanted.filter((tile) => tile.isStale)
    let made = 0
    for (const tile of missing) {
      if (made > 0 && performance.now() >= deadline) break
      this.#make(tile)
      made += 1
    }
    for (const tile of wanted) {
      if (tile.isStale && !tile.canvas) this.#drawStandIn(context, frame, tile)
      else this.#drawTile(context, frame, tile.canvas ?? this.#bareTile(tile.level), tile.box)
    }
    this.#forget(wanted.length)
    return made === missing.length
  }

  /** The tiles on the screen, those in the middle first. */
  #wanted({ camera, size, ratio }: Frame): Tile[] {
    const exact = Math.log2((camera.zoom * ratio) / softness[this.#below ? 'sheet' : 'ink'])
    const level = Math.min(levels.most, Math.max(levels.least, Math.ceil(exact)))
    this.#below?.want(shownBox(camera, size), 2 ** level)
    const span = side / 2 ** level
    const { left, top, right, bottom } = shownBox(camera, size)
    const tiles: Tile[] = []
    for (let row = Math.floor(top / span); row * span < bottom; row++)
      for (let column = Math.floor(left / span); column * span < right; column++)
        tiles.push(this.#tile(level, column, row))
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const away = ({ box }: Tile): number => Math.hypot(box.left + span / 2 - x, box.top + span / 2 - y)
    return tiles.sort((a, b) => away(a) - away(b))
  }

  #tile(level: number, column: number, row: number): Tile {
    const key = keyOf(level, column, row)
    const span = side / 2 ** level
    const [left, top] = [column * span, row * span]
    const box = { left, top, right: left + span, bottom: top + span }
    const tile = this.#tiles.get(key) ?? { level, column, row, box, canvas: undefined, isStale: true }
    this.#tiles.delete(key)
    this.#tiles.set(key, tile)
    return tile
  }

  #make(tile: Tile): void {
    const elements = this.#scene.within(tile.box)
    const isOnSheet = this.#below !== undefined && touches(this.#below.box, tile.box)
    tile.isStale = false
    if (elements.length === 0 && !isOnSheet) {
      if (tile.canvas) this.#spare.push(tile.canvas)
      tile.canvas = undefined
      return
    }
    tile.canvas ??= this.#canvas()
    const context = contextOf(tile.canvas)
    context.drawImage(this.#bareTile(tile.level), 0, 0)
    this.#draw(context, tile, elements, isOnSheet)
  }

  #draw(context: Context, { level, box }: Tile, elements: Parameters<typeof drawElements>[1], withSheet = false): void {
    const scale = 2 ** level
    context.save()
    context.setTransform(scale, 0, 0, scale, -box.left * scale, -box.top * scale)
    if (withSheet) this.#below?.draw(context, box, scale)
    drawElements(context, elements, scale, this.#ink)
    context.restore()
  }

  #bareTile(level: number): OffscreenCanvas {
    const known = this.#bare.get(level)
    if (known) return known
    const canvas = new OffscreenCanvas(side, side)
    if (this.#below) drawDesk(contextOf(canvas), side, this.#ink.palette)
    else drawGround(contextOf(canvas), side, level, this.#ground, this.#ink.palette)
    this.#bare.set(level, canvas)
    return canvas
  }

  /** The nearest coarser tile that is there, or the ground with what finer ones there are. */
  #drawStandIn(context: Context, frame: Frame, { level, column, row, box }: Tile): void {
    for (let up = 1; level - up >= levels.least; up++) {
      const parent = this.#tiles.get(keyOf(level - up, column >> up, row >> up))
      if (!parent || (parent.isStale && !parent.canvas)) continue
      const part = side / 2 ** up
      const [x, y] = [(column - ((column >> up) << up)) * part, (row - ((row >> up) << up)) * part]
      return this.#drawTile(
        context,
        frame,
        parent.canvas ?? this.#bareTile(level),
        box,
        parent.canvas && { x, y, part },
      )
    }
    this.#drawTile(context, frame, this.#bareTile(level), box)
    for (const [right, down] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const child = this.#tiles.get(keyOf(level + 1, column * 2 + right, row * 2 + down))
      if (child?.canvas) this.#drawTile(context, frame, child.canvas, child.box)
    }
  }

  /** Draws a tile to whole device pixels, so that no seam shows. */
  #drawTile(
    context: Context,
    { camera, ratio }: Frame,
    canvas: OffscreenCanvas,
    box: Box,
    { x, y, part } = { x: 0, y: 0, part: side },
  ): void {
    const scale = camera.zoom * ratio
    const [left, top] = [Math.round((box.left - camera.x) * scale), Math.round((box.top - camera.y) * scale)]
    const [right, bottom] = [Math.round((box.right - camera.x) * scale), Math.round((box.bottom - camera.y) * scale)]
    context.drawImage(canvas, x, y, part, part, left, top, right - left, bottom - top)
  }

  #canvas(): OffscreenCanvas {
    return this.#spare.pop() ?? new OffscreenCanvas(side, side)
  }

  #forget(shown: number): void {
    for (const [key, tile] of this.#tiles) {
      if (this.#tiles.size <= shown + kept) return
      if (tile.canvas && this.#spare.length < 8) this.#spare.push(tile.canvas)
      this.#tiles.delete(key)
    }
  }
}
