import { untrack } from 'svelte'
import type { Box } from '../../../../shared/board/plane/box.ts'
import { inkColours, type BoardElement, type InkColour } from '../../../../shared/council/board/element.ts'
import type { PageSetup } from '../../../../shared/council/board/page.ts'
import type { BoardPage, BoardPresence, PersonHere } from '../../../data/yjs/board/index.ts'
import { BoardEngine } from '../engine/board-engine.ts'
import type { PaperPage } from '../engine/paper.ts'
import { toWindow, type Camera } from '../engine/camera.ts'
import type { FingerUse } from '../engine/pointer-rules.ts'
import { Selection } from '../selection/selection.ts'
import { stylePicked } from '../selection/commands.ts'
import { usualStyle } from '../style.ts'
import { Workbench, type Style } from '../tools/workbench.ts'
import { toolFor, type ToolName } from './tool-names.ts'

/** What a person's board remembers beyond one page. */
export interface BoardHabits {
  style: Style
  fingers: FingerUse
  pressure: boolean
  tilt: boolean
  recognises: boolean
  isLeftHanded: boolean
}

export const usualHabits: Readonly<BoardHabits> = {
  ...{ style: usualStyle, fingers: 'auto', pressure: true, tilt: true, recognises: true, isLeftHanded: false },
}

/** Where words are being written: an element, for a table one of its cells. */
export interface Writing {
  readonly id: string
  readonly cell?: string | undefined
}

/** One page on the screen, as its controls see it. The engine lives as long as the element that shows it. */
export class Board {
  readonly page: BoardPage
  readonly presence: BoardPresence
  readonly author: string
  readonly habits: BoardHabits
  /** What lies below the page. */
  readonly paper: PaperPage | undefined
  isPaperDamaged = $state(false)
  tool: ToolName = $state('pen')
  writing: Writing | undefined = $state.raw()
  picked: readonly BoardElement[] = $state.raw([])
  /** Box of what is picked, in CSS pixels of the window. */
  pickedBox: Box | undefined = $state.raw()
  camera: Camera = $state.raw({ x: 0, y: 0, zoom: 1 })
  setup: PageSetup = $state.raw()!
  undoable = $state.raw({ undo: false, redo: false })
  /** Rises with every change of the page. */
  version = $state(0)
  others: ReadonlyMap<string, PersonHere> = $state.raw(new Map())
  /** Whose view is followed. */
  followed: string | undefined = $state()
  hasRuler = $state(false)
  engine: BoardEngine | undefined = $state.raw()
  bench: Workbench | undefined = $state.raw()

  constructor(
    page: BoardPage,
    presence: BoardPresence,
    { author, habits, paper }: Pick<Board, 'author' | 'habits' | 'paper'>,
  ) {
    this.page = page
    this.presence = presence
    this.author = author
    this.habits = habits
    this.paper = paper
    this.setup = page.setup
  }

  /** Draws the page in an element; returns the end of it. What it reads on the way shall not make it begin anew. */
  readonly mount = (host: HTMLElement): (() => void) => untrack(() => this.#mount(host))

  #mount(host: HTMLElement): () => void {
    const engine = new BoardEngine(host, this.page, this.presence, this.paper)
    const selection = new Selection(engine)
    const bench = new Workbench(engine, selection, this.author, this.habits.style)
    bench.write = (id, cell) => this.write(id, cell)
    engine.onfault = () => (this.isPaperDamaged = true)
    engine.onview = () => this.#see()
    engine.steer = () => (this.followed = undefined)
    this.engine = engine
    this.bench = bench
    this.adopt()
    engine.fit()
    this.presence.publish({ colour: colourOf(this.author) })
    this.#note()
    this.#meet()
    const stops = [
      selection.observe(() => this.#see()),
      this.page.observe(() => this.#note()),
      this.#fitOnceThere(engine),
      this.presence.observe(() => this.#meet()),
    ]
    return () => {
      for (const stop of stops) stop()
      selection.close()
      engine.close()
      this.presence.publish({ strokes: [] })
      this.engine = this.bench = undefined
    }
  }

  /** Shows all of a sheet that comes after the page was opened, unless somebody has moved the page meanwhile. */
  #fitOnceThere(engine: BoardEngine): () => void {
    const { camera } = engine
    if (engine.box) return () => undefined
    return this.page.observe(() => {
      if (engine.camera === camera && this.page.setup.picture) engine.fit()
    })
  }

  /** Takes a tool. */
  take(tool: ToolName): void {
    this.tool = tool
    this.adopt()
  }

  /** Works on with the habits as they are now. */
  adopt(): void {
    const { engine, bench, habits } = this
    if (!engine || !bench) return
    bench.style = habits.style
    bench.recognises = habits.recognises
    engine.pointers.rules.fingers = habits.fingers
    Object.assign(engine.pointers.pressure, { isOn: habits.pressure, withTilt: habits.tilt })
    engine.tool = toolFor(this.tool, bench)
    if (this.tool !== 'select') bench.selection.set([])
  }

  /** Changes how new things look, and what is picked. */
  restyle(look: Partial<Style>): void {
    Object.assign(this.habits.style, look)
    if (!this.bench || this.picked.length === 0) return
    const { pen, marker, ...rest } = look
    const thickness = pen ?? marker
    stylePicked(this.bench, thickness === undefined ? rest : { ...rest, thickness })
  }

  /** Begins to write on an element; the tool is put down, so that the next tap is no second note. */
  write(id: string, cell?: string): void {
    const element = this.page.elements.get(id)
    if (!element || element.locked || !('text' in element || element.kind === 'table')) return
    this.take('select')
    this.bench?.selection.set([id])
    this.writing = { id, cell }
  }

  /** Follows somebody's view until the page is moved by hand. */
  follow(key: string | undefined): void {
    this.followed = key
    if (key !== undefined) this.engine?.follow(key)
  }

  #see(): void {
    const { engine, bench } = this
    if (!engine || !bench) return
    this.camera = engine.camera
    this.picked = bench.selection.elements
    const box = bench.selection.box
    const [from, to] = box
      ? [toWindow(engine.camera, { x: box.left, y: box.top }), toWindow(engine.camera, { x: box.right, y: box.bottom })]
      : []
    this.pickedBox = from && to && { left: from.x, top: from.y, right: to.x, bottom: to.y }
  }

  #note(): void {
    this.version += 1
    this.setup = this.page.setup
    this.undoable = { undo: this.page.canUndo, redo: this.page.canRedo }
    if (this.writing && !this.page.elements.has(this.writing.id)) this.writing = undefined
    this.#see()
  }

  #meet(): void {
    this.others = new Map(this.presence.others)
    const guide = [...this.others].find(([, { isPresenting }]) => isPresenting)?.[0]
    // Whoever begins to present is followed by those who did not move away.
    if (guide !== this.#guide) this.followed = this.#guide = guide
    if (this.followed !== undefined) this.engine?.follow(this.followed)
  }

  #guide: string | undefined
}

/** The colour in which the others see somebody: the same on all devices, and not that of most ink. */
function colourOf(account: string): InkColour {
  const colours = inkColours.filter((colour) => colour !== 'black' && colour !== 'grey')
  const sum = [...account].reduce((so, letter) => so * 31 + letter.charCodeAt(0), 7)
  return colours[sum % colours.length]!
}
