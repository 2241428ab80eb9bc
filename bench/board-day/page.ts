import * as Y from 'yjs'
import { unmoved, type ElementContent } from '../../shared/council/board/element.ts'
import { packInk } from '../../shared/council/board/ink.ts'
import { BoardPage, nobodyElse } from '../../src-renderer/data/yjs/board/index.ts'
import { BoardEngine } from '../../src-renderer/features/boards/engine/board-engine.ts'
import { seededStrokes } from '../whiteboard/pages/strokes.ts'
import type { DayPage } from './day-page.ts'

/** Each of two people in a minute. */
const drawn = 15
const erased = 14
const moved = 3
const undone = 2
/** Strokes that stay for a while before they are erased. */
const kept = 60

const host = document.querySelector<HTMLElement>('#board')!
const shapes = seededStrokes(2000)
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

const stroke = (number: number): ElementContent => ({
  ...{ kind: 'stroke', z: `a${String(number).padStart(6, '0')}`, author: 'a', place: unmoved },
  ...{ tool: 'pen', colour: 'black', thickness: 4, ink: packInk(shapes[number % shapes.length]!) },
})

/** Somebody at the board, on a device of their own. */
class Person {
  readonly page = new BoardPage(new Y.Doc())
  readonly #name: string
  readonly #here: string[] = []
  #drawn = 0

  constructor(name: string) {
    this.#name = name
  }

  /** What somebody does at a board in a minute. */
  work(): void {
    for (let count = 0; count < drawn; count++) {
      const id = `${this.#name}${this.#drawn}`
      this.page.add(id, stroke(this.#drawn++))
      this.#here.push(id)
    }
    if (this.#here.length > kept) this.page.remove(this.#here.splice(0, erased))
    for (const id of this.#here.slice(-moved)) this.page.change(id, { place: { ...unmoved, x: this.#drawn % 50 } })
    for (let count = 0; count < undone; count++) this.page.undo()
    this.page.redo()
  }
}

let shown: Person | undefined

function join(one: Person, other: Person): void {
  one.page.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== other) Y.applyUpdate(other.page.doc, update, one)
  })
}

function show(page: BoardPage): BoardEngine {
  const engine = new BoardEngine(host, page, nobodyElse)
  engine.fit()
  return engine
}

const dayPage: DayPage = {
  async live(minutes) {
    const [here, there] = [new Person('a'), new Person('b')]
    join(here, there)
    join(there, here)
    const engine = show(here.page)
    for (let minute = 0; minute < minutes; minute++) {
      here.work()
      there.work()
      engine.camera = { x: (minute * 37) % 2000, y: (minute * 23) % 1000, zoom: 0.3 + (minute % 10) / 10 }
      await frame()
    }
    engine.fit()
    await frame()
    // The other one is on another device, whose memory is not ours.
    there.page.close()
    there.page.doc.destroy()
    shown = here
    return Array.from(Y.encodeStateAsUpdate(here.page.doc))
  },
  async load(update) {
    const person = new Person('c')
    Y.applyUpdate(person.page.doc, new Uint8Array(update))
    show(person.page)
    await frame()
    shown = person
  },
  elements: () => shown?.page.elements.size ?? 0,
}
Object.assign(globalThis, { bench: dayPage })
