import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { ulid } from 'ulid'
import type {
  BoardElement,
  ElementContent,
  InkColour,
  NoteColour,
  ShapeForm,
  StampSign,
} from '../../../../shared/council/board/element.ts'
import { largestBody } from '../../../../shared/hub-api/rooms.ts'
import type { LiveStroke } from '../../../data/yjs/board/index.ts'
import type { BoardEngine } from '../engine/board-engine.ts'
import type { Selection } from '../selection/selection.ts'
import type { Ruler } from './ruler.ts'

/** Bytes that the others hear of at once, and that one undo brings back in one update. */
const mostAtOnce = largestBody * 0.9
const mostInStep = 2_000_000

/** How new things look. */
export interface Style {
  colour: InkColour
  /** Widths in the page's units. */
  pen: number
  marker: number
  eraser: number
  paper: NoteColour
  form: ShapeForm
  isFilled: boolean
  sign: StampSign
  fontSize: number
}

/** What an element is made of before it has a place in the order and an author. */
export type Draft = ElementContent extends infer Content
  ? Content extends ElementContent
    ? Omit<Content, 'z' | 'author'>
    : never
  : never

/** What tools work with: the page, how new things look, and who draws. */
export class Workbench {
  readonly engine: BoardEngine
  readonly selection: Selection
  readonly author: string
  style: Style
  /** A form is made of what is drawn when the pen rests at its end. */
  recognises = true
  ruler: Ruler | undefined
  /** Asks for words: opens an editor over an element, for a table over one of its cells. */
  write: (id: string, cell?: string) => void = () => undefined
  readonly #live = new Map<string, LiveStroke>()

  constructor(engine: BoardEngine, selection: Selection, author: string, style: Style) {
    this.engine = engine
    this.selection = selection
    this.author = author
    this.style = style
  }

  /** An element on top of all others. */
  finish(draft: Draft, id = ulid()): BoardElement {
    return { ...draft, z: this.#nextOnTop(), author: this.author, id }
  }

  /** Puts an element on top of all others. */
  add(draft: Draft, id = ulid()): string {
    const { id: _, ...content } = this.finish(draft, id)
    this.engine.scene.page.add(id, content)
    return id
  }

  /**
   * Puts elements on top of all others, each above the one before, as one step of undo, or as several where they are so
   * large that one step could not be stored; their ids.
   */
  addAll(drafts: readonly Draft[], ids: readonly string[] = drafts.map(() => ulid())): string[] {
    const { page } = this.engine.scene
    const keys = generateNKeysBetween(highest(page.elements.values()), null, drafts.length)
    const elements = drafts.map((draft, place) => ({
      id: ids[place]!,
      content: { ...draft, z: keys[place]!, author: this.author },
    }))
    const sizes = ({ content }: (typeof elements)[number]): number => bytesOf(content)
    for (const step of portions(elements, sizes, mostInStep)) {
      const end = page.beginDeed()
      for (const part of portions(step, sizes, mostAtOnce))
        page.transact(() => {
          for (const { id, content } of part) page.add(id, content)
        })
      end()
    }
    return [...ids]
  }

  /** Shows a stroke here and to the others while it is drawn; without one it is gone. */
  show(id: string, stroke: LiveStroke | undefined, predicted: LiveStroke['points'] = []): void {
    if (stroke) {
      this.#live.set(id, stroke)
      this.engine.live.items.set(id, { kind: 'stroke', stroke, predicted })
    } else {
      this.#live.delete(id)
      this.engine.live.items.delete(id)
    }
    this.engine.refresh()
    this.engine.presence.publish({ strokes: [...this.#live.values()] })
  }

  /** Units of the page for CSS pixels of the screen. */
  units(pixels: number): number {
    return pixels / this.engine.camera.zoom
  }

  #nextOnTop(): string {
    return generateKeyBetween(highest(this.engine.scene.page.elements.values()), null)
  }
}

/** An element as it can be put on a page again, by whoever does. */
export function draftOf({ id: _id, z: _z, author: _author, ...draft }: BoardElement): Draft {
  return draft
}

/** The key of what lies on top; null of nothing. */
function highest(elements: Iterable<BoardElement>): string | null {
  let top: string | null = null
  for (const { z } of elements) if (top === null || z > top) top = z
  return top
}

/** About how many bytes an element takes in the page. */
function bytesOf(content: ElementContent): number {
  const packed = 'bytes' in content ? content.bytes.length : 'ink' in content ? content.ink.length : 0
  const words = 'text' in content ? content.text : 'cells' in content ? Object.values(content.cells).join('') : ''
  return packed + 3 * words.length + 300
}

/** Cuts a list into parts of at most so many bytes together; what is larger alone is a part alone. */
export function portions<Item>(items: readonly Item[], size: (item: Item) => number, most: number): Item[][] {
  const parts: Item[][] = []
  let sum = Infinity
  for (const item of items) {
    sum += size(item)
    if (sum > most) {
      parts.push([])
      sum = size(item)
    }
    parts.at(-1)!.push(item)
  }
  return parts
}
