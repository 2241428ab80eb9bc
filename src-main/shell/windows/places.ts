import { screen, type BrowserWindow, type Rectangle } from 'electron'
import * as v from 'valibot'
import type { WindowAddress } from '../../../shared/ipc/contract.ts'
import { readState, writeState } from '../services/state-file.ts'

type Kind = WindowAddress['kind']

const usualSizes: Readonly<Record<Kind, { width: number; height: number }>> = {
  council: { width: 1280, height: 860 },
  reader: { width: 980, height: 1100 },
}
const smallest = { minWidth: 480, minHeight: 400 } as const

const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))
const schema = v.record(
  v.string(),
  v.object({ x: whole, y: whole, width: whole, height: whole, maximized: v.boolean() }),
)

/** Where windows stood when they were closed, by kind, in pixels of the desktop. */
export class WindowPlaces {
  readonly #path: string
  #places: v.InferOutput<typeof schema>

  constructor(path: string) {
    this.#path = path
    const stored = v.safeParse(schema, readState(path))
    this.#places = stored.success ? stored.output : {}
  }

  /** Size and position for a new window. A second one gets no position: it would cover the first. */
  optionsFor(kind: Kind, isFirst: boolean): Partial<Rectangle> & typeof smallest {
    const place = this.#places[kind]
    if (!place) return { ...usualSizes[kind], ...smallest }
    const { x, y, width, height } = place
    return { width, height, ...(isFirst && isReachable(place) ? { x, y } : {}), ...smallest }
  }

  /** Maximizes a window that was, and remembers where it stands when it closes. */
  follow(window: BrowserWindow, kind: Kind): void {
    if (this.#places[kind]?.maximized) window.maximize()
    window.on('close', () => {
      this.#places = { ...this.#places, [kind]: { ...window.getNormalBounds(), maximized: window.isMaximized() } }
      writeState(this.#path, this.#places)
    })
  }
}

/** Whether its title bar can be taken hold of: the screen that it stood on may be gone. */
const isReachable = ({ x, y, width }: Rectangle): boolean =>
  screen.getAllDisplays().some(({ workArea: area }) => {
    const middle = x + width / 2
    return middle >= area.x && middle <= area.x + area.width && y >= area.y && y < area.y + area.height
  })
