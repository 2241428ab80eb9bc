import RBush from 'rbush'
import { extentOf } from '../../../../shared/board/elements/extent.ts'
import { boxAroundAll, type Box } from '../../../../shared/board/plane/box.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import type { BoardPage, PageChange } from '../../../data/yjs/board/index.ts'

/** How the picture of a page changed. */
export interface SceneChange {
  /** New elements that lie on top of everything they touch: they can be drawn over what is there. */
  readonly onTop: readonly BoardElement[]
  /** Parts of the page that have to be drawn anew. */
  readonly stale: readonly Box[]
}

interface Entry {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
  readonly element: BoardElement
}

const boxOf = ({ minX, minY, maxX, maxY }: Entry): Box => ({ left: minX, top: minY, right: maxX, bottom: maxY })

/** The order in which elements are drawn; concurrent ones of one place by their ids, the same on every device. */
export const byOrder = (a: BoardElement, b: BoardElement): number =>
  a.z < b.z ? -1 : a.z > b.z ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/** Where everything on a page lies. */
export class Scene {
  readonly page: BoardPage
  readonly #tree = new RBush<Entry>()
  readonly #entries = new Map<string, Entry>()
  /** Ids of lines by what they stick to. */
  readonly #held = new Map<string, Set<string>>()
  #hidden: ReadonlySet<string> = new Set()
  readonly #observers = new Set<(change: SceneChange) => void>()
  readonly #stop: () => void

  constructor(page: BoardPage) {
    this.page = page
    const entries = [...page.elements.values()].flatMap((element) => this.#entryOf(element) ?? [])
    this.#tree.load(entries)
    for (const entry of entries) this.#remember(entry)
    this.#stop = page.observe((change) => this.#take(change))
  }

  readonly lookup = (id: string): BoardElement | undefined => this.page.elements.get(id)

  /** The box of an element; undefined when it has none or is gone. */
  boxOf(id: string): Box | undefined {
    const entry = this.#entries.get(id)
    return entry && boxOf(entry)
  }

  /** The box around some elements, or around all. */
  boxAround(ids: Iterable<string> = this.#entries.keys()): Box | undefined {
    return boxAroundAll([...ids].flatMap((id) => this.boxOf(id) ?? []))
  }

  /** What is seen in a box, from below to the top. */
  within({ left, top, right, bottom }: Box): BoardElement[] {
    return this.#tree
      .search({ minX: left, minY: top, maxX: right, maxY: bottom })
      .map(({ element }) => element)
      .filter(({ id }) => !this.#hidden.has(id))
      .sort(byOrder)
  }

  /** Leaves elements out of the picture while they are shown elsewhere, as when they are moved. */
  hide(ids: ReadonlySet<string>): void {
    const changed = [...this.#hidden, ...ids]
    this.#hidden = ids
    this.#tell({ onTop: [], stale: changed.flatMap((id) => this.boxOf(id) ?? []) })
  }

  /** Calls back when the picture changed; returns its stop. */
  observe(observer: (change: SceneChange) => void): () => void {
    this.#observers.add(observer)
    return () => this.#observers.delete(observer)
  }

  close(): void {
    this.#stop()
    this.#observers.clear()
  }

  #take({ changed, gone }: PageChange): void {
    const onTop: BoardElement[] = []
    const stale: Box[] = []
    for (const id of gone) this.#drop(id, stale)
    for (const element of changed) {
      const isNew = !this.#entries.has(element.id)
      this.#drop(element.id, stale)
      const entry = this.#put(element)
      if (!entry) continue
      if (isNew && this.#isOnTop(entry)) onTop.push(element)
      else stale.push(boxOf(entry))
    }
    for (const line of this.#linesHeldBy([...gone, ...changed.map(({ id }) => id)])) {
      this.#drop(line.id, stale)
      const entry = this.#put(line)
      if (entry) stale.push(boxOf(entry))
    }
    this.#tell({ onTop, stale })
  }

  #tell(change: SceneChange): void {
    if (change.onTop.length + change.stale.length === 0) return
    for (const observer of this.#observers) observer(change)
  }

  #isOnTop({ element, ...box }: Entry): boolean {
    return this.#tree.search(box).every((other) => byOrder(other.element, element) <= 0)
  }

  #entryOf(element: BoardElement): Entry | undefined {
    const box = extentOf(element, this.lookup)
    return box && { minX: box.left, minY: box.top, maxX: box.right, maxY: box.bottom, element }
  }

  #put(element: BoardElement): Entry | undefined {
    const entry = this.#entryOf(element)
    if (!entry) return undefined
    this.#tree.insert(entry)
    this.#remember(entry)
    return entry
  }

  #remember(entry: Entry): void {
    this.#entries.set(entry.element.id, entry)
    for (const target of targetsOf(entry.element)) {
      const lines = this.#held.get(target) ?? new Set<string>()
      this.#held.set(target, lines.add(entry.element.id))
    }
  }

  #drop(id: string, stale: Box[]): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#tree.remove(entry)
    this.#entries.delete(id)
    stale.push(boxOf(entry))
    for (const target of targetsOf(entry.element)) this.#held.get(target)?.delete(id)
  }

  #linesHeldBy(ids: readonly string[]): BoardElement[] {
    const lines = new Set(ids.flatMap((id) => [...(this.#held.get(id) ?? [])]))
    return [...lines].flatMap((id) => this.lookup(id) ?? [])
  }
}

const targetsOf = (element: BoardElement): string[] =>
  element.kind === 'line' ? [element.from, element.to].flatMap(({ stuck }) => stuck?.to ?? []) : []
