import { moved } from '../../../../shared/board/elements/arrange.ts'
import { extentOf } from '../../../../shared/board/elements/extent.ts'
import { boxAroundAll, type Box } from '../../../../shared/board/plane/box.ts'
import type { BoardElement, Place } from '../../../../shared/council/board/element.ts'
import type { BoardEngine } from '../engine/board-engine.ts'

const preview = 'selection'

/** What is picked on a page. Members of a group are picked together. */
export class Selection {
  readonly #engine: BoardEngine
  readonly #observers = new Set<() => void>()
  readonly #stop: () => void
  #ids: ReadonlySet<string> = new Set()
  #movement: Place | undefined

  constructor(engine: BoardEngine) {
    this.#engine = engine
    this.#stop = engine.scene.observe(() => this.#keepThere())
  }

  get ids(): ReadonlySet<string> {
    return this.#ids
  }

  /** What is picked, from below to the top. */
  get elements(): BoardElement[] {
    const { lookup } = this.#engine.scene
    return [...this.#ids].flatMap((id) => lookup(id) ?? [])
  }

  /** The box around what is picked, as it is shown now. */
  get box(): Box | undefined {
    const movement = this.#movement
    return movement ? boxOf(this.#moved(movement), this.#engine) : this.#engine.scene.boxAround(this.#ids)
  }

  /** Something that cannot be moved is picked. */
  get isLocked(): boolean {
    return this.elements.some(({ locked }) => locked)
  }

  observe(observer: () => void): () => void {
    this.#observers.add(observer)
    return () => this.#observers.delete(observer)
  }

  /** Picks elements, and all of their groups. */
  set(ids: Iterable<string>): void {
    const { elements } = this.#engine.scene.page
    const wanted = new Set(ids)
    const groups = new Set([...wanted].flatMap((id) => elements.get(id)?.group ?? []))
    if (groups.size > 0)
      for (const [id, { group }] of elements) if (group !== undefined && groups.has(group)) wanted.add(id)
    this.#ids = new Set([...wanted].filter((id) => elements.has(id)))
    this.#tell()
  }

  toggle(id: string): void {
    const group = this.#engine.scene.lookup(id)?.group
    const isOut = (other: BoardElement): boolean => other.id === id || (group !== undefined && other.group === group)
    if (!this.#ids.has(id)) this.set([...this.#ids, id])
    else this.set(this.elements.filter((other) => !isOut(other)).map((other) => other.id))
  }

  /** Shows what is picked as if it were moved; undefined puts it back. */
  preview(movement: Place | undefined): void {
    if (this.isLocked) return
    const { scene, live } = this.#engine
    if (movement && !this.#movement) scene.hide(this.#ids)
    if (!movement && this.#movement) scene.hide(new Set())
    this.#movement = movement
    const elements = movement ? this.#moved(movement) : []
    const box = boxOf(elements, this.#engine)
    if (box) live.items.set(preview, { kind: 'elements', elements, box })
    else live.items.delete(preview)
    this.#engine.refresh()
    this.#tell()
  }

  /** Moves, turns or scales what is picked, as one step of undo. */
  move(movement: Place): void {
    if (this.isLocked) return
    const { page } = this.#engine.scene
    const elements = this.elements
    this.preview(undefined)
    page.transact(() => {
      for (const element of elements) page.change(element.id, { ...moved(element, movement) })
    })
  }

  close(): void {
    this.#stop()
    this.#observers.clear()
  }

  #moved(movement: Place): BoardElement[] {
    return this.elements.map((element) => ({ ...element, ...moved(element, movement) }))
  }

  /** What somebody took away is picked no more. */
  #keepThere(): void {
    const { elements } = this.#engine.scene.page
    if (this.#ids.size === 0) return
    this.#ids = new Set([...this.#ids].filter((id) => elements.has(id)))
    this.#tell()
  }

  #tell(): void {
    for (const observer of this.#observers) observer()
  }
}

const boxOf = (elements: readonly BoardElement[], { scene }: BoardEngine): Box | undefined =>
  boxAroundAll(elements.flatMap((element) => extentOf(element, scene.lookup) ?? []))
