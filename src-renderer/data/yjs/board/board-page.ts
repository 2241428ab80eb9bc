import * as Y from 'yjs'
import type { BoardElement, ElementContent } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { readPageSetup, type PageFields, type PageSetup } from '../../../../shared/council/board/page.ts'
import { changeMap, elementToMap, mapToElement, type ElementChange, type ElementMap } from './element-map.ts'

/** What changed on a page, after it changed. */
export interface PageChange {
  /** Elements that are new or look different now, as they are now. */
  readonly changed: readonly BoardElement[]
  /** Ids of elements that are gone. */
  readonly gone: readonly string[]
  readonly isSetupChanged: boolean
}

/** Steps that can be taken back. What was erased further back is let go: it would be kept for as long as the board is open. */
export const mostSteps = 500
const spareSteps = 50

/**
 * A page of a board over one document. What is done through it is this person's, and only that is undone by `undo`;
 * whoever brings the document to others applies theirs to `doc` with another origin.
 */
export class BoardPage {
  readonly doc: Y.Doc
  readonly #maps: Y.Map<ElementMap>
  readonly #setup: Y.Map<unknown>
  /** The picture of the ground as one value, and the words about it as another: two people may do both at once. */
  readonly #ground: Y.Map<unknown>
  readonly #undo: Y.UndoManager
  readonly #elements = new Map<string, BoardElement>()
  readonly #observers = new Set<(change: PageChange) => void>()
  readonly #damaged = new Set<string>()
  #deeds = 0

  constructor(doc: Y.Doc) {
    this.doc = doc
    this.#maps = doc.getMap<ElementMap>('elements')
    this.#setup = doc.getMap('setup')
    this.#ground = doc.getMap('ground')
    this.#undo = new Y.UndoManager([this.#maps, this.#ground], { trackedOrigins: new Set([this]), captureTimeout: 0 })
    this.#read(this.#maps.keys())
    this.#maps.observeDeep(this.#noteElements)
    for (const map of [this.#setup, this.#ground]) map.observe(this.#noteSetup)
    // After the deed itself was told: only then it can be undone.
    for (const event of ['stack-item-added', 'stack-item-popped'] as const) this.#undo.on(event, this.#noteUndo)
    this.#undo.on('stack-item-added', this.#forgetOldSteps)
  }

  /** Everything on the page, by id, in no order. */
  get elements(): ReadonlyMap<string, BoardElement> {
    return this.#elements
  }

  get setup(): PageSetup {
    return readPageSetup(this.#setup.toJSON(), {
      picture: this.#ground.get('picture'),
      words: this.#ground.get('words'),
    })
  }

  /** Ids of what is in the document and is no element: it is not shown. */
  get damaged(): ReadonlySet<string> {
    return this.#damaged
  }

  get canUndo(): boolean {
    return this.#undo.canUndo()
  }

  get canRedo(): boolean {
    return this.#undo.canRedo()
  }

  /** Calls back after every transaction that changed the page; returns its stop. */
  observe(observer: (change: PageChange) => void): () => void {
    this.#observers.add(observer)
    return () => this.#observers.delete(observer)
  }

  /** Does several things as one step of undo and one update for the others. */
  transact(deed: () => void): void {
    this.doc.transact(deed, this)
  }

  /** Everything done until the end that it returns is one step of undo, such as what an eraser does in one go. */
  beginDeed(): () => void {
    if (this.#deeds++ === 0) {
      this.#undo.stopCapturing()
      this.#undo.captureTimeout = Infinity
    }
    return () => {
      if (--this.#deeds > 0) return
      this.#undo.captureTimeout = 0
      this.#undo.stopCapturing()
    }
  }

  /** Puts an element on the page. */
  add(id: string, content: ElementContent): void {
    this.transact(() => this.#maps.set(id, elementToMap(content)))
  }

  /** Changes fields of an element; one that is gone stays gone. */
  change(id: string, change: ElementChange): void {
    const map = this.#maps.get(id)
    if (map) this.transact(() => changeMap(map, change))
  }

  remove(ids: Iterable<string>): void {
    this.transact(() => {
      for (const id of ids) this.#maps.delete(id)
    })
  }

  /** Sets what everybody sees of the page; no part of undo. */
  setUp(change: Partial<PageFields>): void {
    this.doc.transact(() => {
      for (const [field, value] of Object.entries(change)) this.#setup.set(field, value)
    })
  }

  /** Puts a picture below everything in place of the one before, or takes it away; a step of undo like what is drawn. */
  layGround(picture: GroundPicture | null): void {
    this.transact(() => {
      if (picture) this.#ground.set('picture', picture)
      else this.#ground.delete('picture')
    })
  }

  /** Says in words what the picture of the ground shows. */
  describeGround(text: string): void {
    const of = this.setup.picture?.id
    if (of !== undefined) this.transact(() => this.#ground.set('words', { of, text }))
  }

  /** Takes back what this person did last; what others did stays. */
  undo(): void {
    this.#undo.undo()
  }

  redo(): void {
    this.#undo.redo()
  }

  /** Ends; the document stays with whoever made it. */
  close(): void {
    this.#maps.unobserveDeep(this.#noteElements)
    for (const map of [this.#setup, this.#ground]) map.unobserve(this.#noteSetup)
    this.#undo.destroy()
    this.#observers.clear()
  }

  readonly #noteElements: Parameters<Y.Map<ElementMap>['observeDeep']>[0] = (events): void => {
    const touched = events.flatMap(({ path, keys }) => (path.length > 0 ? [String(path[0])] : [...keys.keys()]))
    this.#tell({ ...this.#read(new Set(touched)), isSetupChanged: false })
  }

  readonly #noteUndo = (): void => this.#tell({ changed: [], gone: [], isSetupChanged: false })

  /** Once nothing else goes on in the document, and several steps at once. */
  readonly #forgetOldSteps = (): void => {
    if (this.#undo.undoStack.length < mostSteps + spareSteps) return
    queueMicrotask(() => {
      const old = this.#undo.undoStack.splice(0, Math.max(0, this.#undo.undoStack.length - mostSteps))
      const recent = this.#undo.undoStack
      this.#undo.undoStack = old
      this.#undo.clear(true, false)
      this.#undo.undoStack = recent
      for (const { deletions } of old) Y.tryGc(deletions, this.doc.store, this.doc.gcFilter)
    })
  }

  readonly #noteSetup = (): void => this.#tell({ changed: [], gone: [], isSetupChanged: true })

  #tell(change: PageChange): void {
    for (const observer of this.#observers) observer(change)
  }

  #read(ids: Iterable<string>): { changed: BoardElement[]; gone: string[] } {
    const changed: BoardElement[] = []
    const gone: string[] = []
    for (const id of ids) {
      const map = this.#maps.get(id)
      const element = map && mapToElement(id, map)
      if (map && !element) this.#damaged.add(id)
      else this.#damaged.delete(id)
      if (element) {
        this.#elements.set(id, element)
        changed.push(element)
      } else if (this.#elements.delete(id)) gone.push(id)
    }
    return { changed, gone }
  }
}
