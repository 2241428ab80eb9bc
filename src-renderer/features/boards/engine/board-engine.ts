import { boxAroundAll, type Box, type Point } from '../../../../shared/board/plane/box.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import type { BoardPage, BoardPresence } from '../../../data/yjs/board/index.ts'
import type { Ink } from '../drawing/canvas.ts'
import { paletteOn, paletteOnPaper, type Palette } from '../drawing/palette.ts'
import { Pictures } from '../drawing/pictures.ts'
import { fitting, following, viewOf, type Camera, type Size } from './camera.ts'
import { LiveLayer } from './live-layer.ts'
import { OthersHere } from './others-here.ts'
import { BelowPicture, type Below } from './below.ts'
import { Paper, type PaperPage } from './paper.ts'
import { Pointers } from './pointers.ts'
import { Scene } from './scene.ts'
import { Tiles, type Frame } from './tiles.ts'
import type { Tool } from './tool.ts'

/** Milliseconds of a frame that may go into making tiles. */
const tileTime = 8
/** How much larger than printed a sheet below is shown at most when all of it is, and CSS pixels left free around it. */
const mostOfSheet = 3
const marginOfSheet = 72
const idle: Tool = { cursor: 'grab', isHand: true, begin: () => undefined }

/** A page on the screen: draws it, moves over it, and lets tools work on it. Close it with its screen. */
export class BoardEngine {
  readonly scene: Scene
  readonly pointers: Pointers
  readonly live: LiveLayer
  readonly presence: BoardPresence
  /** Called whenever the window shows another part of the page, or has another size. */
  onview: () => void = () => undefined
  /** Called when the paper below cannot be drawn. */
  onfault: () => void = () => undefined
  readonly #host: HTMLElement
  readonly #base: HTMLCanvasElement
  readonly #over: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #tiles: Tiles
  readonly #paper: Paper | undefined
  #picture: BelowPicture | undefined
  readonly #others: OthersHere
  readonly #stops: (() => void)[]
  #ink: Ink
  #tool: Tool = idle
  #frame: Frame = { camera: { x: 0, y: 0, zoom: 1 }, size: { width: 1, height: 1 }, ratio: 1 }
  #isBaseStale = true
  #request = 0

  /** @param paper lies below everything that is drawn on the page */
  constructor(host: HTMLElement, page: BoardPage, presence: BoardPresence, paper?: PaperPage) {
    this.#host = host
    this.presence = presence
    this.scene = new Scene(page)
    this.#base = addCanvas(host)
    this.#over = addCanvas(host)
    const context = this.#base.getContext('2d', { alpha: false })
    if (!context) throw new Error('The browser gave no canvas to draw on.')
    this.#context = context
    this.live = new LiveLayer(this.#over)
    const pictures = new Pictures(({ id }) => this.#redraw(this.scene.boxOf(id)))
    this.#paper = paper && new Paper(paper, () => this.pointers.isBusy)
    this.#lay(page.setup.picture)
    this.#ink = { palette: this.#palette(), pictures, lookup: this.scene.lookup }
    this.#tiles = new Tiles(this.scene, this.#ink, page.setup.ground, this.#below)
    if (this.#paper) {
      this.#paper.onpicture = (part) => this.#outdate(part)
      this.#paper.onfault = () => this.onfault()
    }
    this.pointers = new Pointers(host, this)
    this.#others = new OthersHere(presence, this.live, () => this.refresh())
    this.#stops = [this.scene.observe((change) => this.#take(change)), ...this.#watch(page)]
    this.#resize()
  }

  get camera(): Camera {
    return this.#frame.camera
  }

  set camera(camera: Camera) {
    this.#frame = { ...this.#frame, camera }
    this.#isBaseStale = true
    this.refresh()
    this.presence.publish({ view: viewOf(camera, this.size) })
    this.onview()
  }

  /** Size of the window onto the page, in CSS pixels. */
  get size(): Size {
    return this.#frame.size
  }

  get tool(): Tool {
    return this.#tool
  }

  set tool(tool: Tool) {
    this.#tool.leave?.()
    this.#tool = tool
    this.#host.style.cursor = tool.cursor
    this.refresh()
  }

  /** What elements are drawn with here. */
  get ink(): Ink {
    return this.#ink
  }

  /** Called when somebody moves the page by hand. */
  steer: () => void = () => undefined

  /** Tells the others where the mouse is. */
  point(cursor: Point | undefined): void {
    if (cursor) this.presence.publish({ cursor })
  }

  /** Shows all that is on the page, or a part of it. */
  fit(box: Box | undefined = this.box): void {
    const natural = naturalZoom()
    const free = Math.min(marginOfSheet * natural, this.size.width / 16)
    const [most, margin] = this.#below ? [mostOfSheet * natural, free] : [natural]
    this.camera = box ? fitting(box, this.size, most, margin) : { x: 0, y: 0, zoom: natural }
  }

  /** The box around everything that is on the page, and the sheet below it. */
  get box(): Box | undefined {
    const drawn = this.scene.boxAround()
    return boxAroundAll([...(drawn ? [drawn] : []), ...(this.#below ? [this.#below.box] : [])])
  }

  /** Shows what somebody else sees; undefined when that is not known. */
  follow(key: string): void {
    const view = this.presence.others.get(key)?.view
    if (view) this.camera = following(view, this.size)
  }

  /** Draws what is above the page with the next frame. */
  refresh(): void {
    this.#request ||= requestAnimationFrame(() => this.#paint())
  }

  /** Reads the colours of the screen again. */
  restyle(): void {
    this.#ink = { ...this.#ink, palette: this.#palette() }
    this.#tiles.restyle(this.#ink, this.scene.page.setup.ground, this.#below)
    this.#isBaseStale = true
    this.refresh()
  }

  close(): void {
    cancelAnimationFrame(this.#request)
    this.#below?.close()
    this.pointers.close()
    this.#others.close()
    for (const stop of this.#stops) stop()
    this.scene.close()
    this.#base.remove()
    this.#over.remove()
  }

  #watch(page: BoardPage): (() => void)[] {
    const sizes = new ResizeObserver(() => this.#resize())
    sizes.observe(this.#host)
    const scheme = new MutationObserver(() => this.restyle())
    scheme.observe(document.documentElement, { attributeFilter: ['data-scheme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    const restyle = (): void => this.restyle()
    system.addEventListener('change', restyle)
    // Texts that were drawn before their font was there.
    void document.fonts.ready.then(() => this.#base.isConnected && restyle())
    return [
      () => sizes.disconnect(),
      () => scheme.disconnect(),
      () => system.removeEventListener('change', restyle),
      page.observe(({ isSetupChanged }) => {
        if (!isSetupChanged) return
        this.#lay(page.setup.picture)
        this.restyle()
      }),
    ]
  }

  #take(change: Parameters<Tiles['take']>[0]): void {
    this.#tiles.take(change)
    this.#isBaseStale = true
    this.refresh()
  }

  /** What lies below: a paper, wherever there is one. */
  get #below(): Below | undefined {
    return this.#paper ?? this.#picture
  }

  /** Puts a picture below, unless it lies there already. */
  #lay(picture: GroundPicture | null): void {
    if (this.#paper || this.#picture?.picture.bytes === picture?.bytes) return
    this.#picture?.close()
    this.#picture = picture ? new BelowPicture(picture, (part) => this.#outdate(part)) : undefined
  }

  #palette(): Palette {
    return this.#below ? paletteOnPaper(this.#host) : paletteOn(this.#host)
  }

  #outdate(part: Box): void {
    this.#tiles.outdate(part)
    this.#isBaseStale = true
    this.refresh()
  }

  #redraw(box: Box | undefined): void {
    if (box) this.#take({ onTop: [], stale: [box] })
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host
    if (width === 0 || height === 0) return
    const ratio = devicePixelRatio
    for (const canvas of [this.#base, this.#over]) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    this.live.reset()
    this.#frame = { camera: this.#frame.camera, size: { width, height }, ratio }
    this.#isBaseStale = true
    // At once: a canvas that was given a size is empty.
    this.#paint()
    this.onview()
  }

  #paint(): void {
    cancelAnimationFrame(this.#request)
    this.#request = 0
    if (this.#isBaseStale) {
      this.#isBaseStale = !this.#tiles.draw(this.#context, this.#frame, performance.now() + tileTime)
      if (this.#isBaseStale) this.refresh()
    }
    this.live.draw(this.#frame, this.#ink)
  }
}

/** CSS pixels per unit at which things have their usual size: a board read from the back of the room is larger. */
const naturalZoom = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

function addCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    pointerEvents: 'none',
  })
  host.append(canvas)
  return canvas
}
