import type { RecordType } from '../../../../shared/council/records/index.ts'
import type { Entry, Selection } from '../../contract.ts'
import type { SelectionChange } from '../contract.ts'
import type { Catalogue } from './catalogue.ts'

type Tell = (key: string, change: SelectionChange) => void

interface Query {
  readonly selection: Selection
  readonly key: string
  readonly tell: Tell
  shown: Map<string, Entry> | undefined
  state: SelectionChange['state']
}

/** Open selections of all windows: each learns what changed in it, once per turn however many records changed. */
export class Queries {
  #catalogue: Catalogue
  #isFilling: () => boolean
  #open = new Map<Tell, Map<string, Query>>()
  #due = new Set<Query>()

  /** @param isFilling whether a first copy is not complete: finding nothing is no answer then */
  constructor(catalogue: Catalogue, isFilling: () => boolean) {
    this.#catalogue = catalogue
    this.#isFilling = isFilling
    catalogue.onChange((type) => this.#noteChange(type))
  }

  open(tell: Tell, key: string, selection: Selection): void {
    const query: Query = { selection, key, tell, shown: undefined, state: 'loading' }
    const own = this.#open.get(tell) ?? new Map<string, Query>()
    this.#open.set(tell, own.set(key, query))
    this.#schedule(query)
  }

  close(tell: Tell, key: string): void {
    this.#open.get(tell)?.delete(key)
  }

  /** A window is gone. */
  closeAll(tell: Tell): void {
    this.#open.delete(tell)
  }

  #noteChange(type: RecordType): void {
    for (const own of this.#open.values())
      for (const query of own.values()) if (query.selection.type === type) this.#schedule(query)
  }

  #schedule(query: Query): void {
    if (this.#due.size === 0) setTimeout(() => this.#run())
    this.#due.add(query)
  }

  #run(): void {
    const due = [...this.#due]
    this.#due.clear()
    for (const query of due) void this.#answer(query)
  }

  async #answer(query: Query): Promise<void> {
    const isOpen = (): boolean => this.#open.get(query.tell)?.get(query.key) === query
    try {
      if (!isOpen()) return
      const change = this.#compare(query, await this.#catalogue.select(query.selection))
      if (change && isOpen()) query.tell(query.key, change)
    } catch (fault) {
      this.#catalogue.onFault(fault)
      query.shown = undefined
      query.state = 'failed'
      if (isOpen()) query.tell(query.key, { state: query.state, changed: [], order: [] })
    }
  }

  #compare(query: Query, found: readonly Entry[]): SelectionChange | undefined {
    const before = query.shown
    query.shown = new Map(found.map((entry) => [entry.record._id, entry]))
    const changed = found.filter((entry) => before?.get(entry.record._id) !== entry)
    const order = found.map(({ record }) => record._id)
    const places = before ? [...before.keys()] : undefined
    const sameOrder = places?.length === order.length && order.every((id, place) => places[place] === id)
    const state = found.length === 0 && this.#isFilling() ? 'loading' : 'ready'
    if (sameOrder && changed.length === 0 && state === query.state) return undefined
    query.state = state
    return { state, changed, ...(sameOrder ? {} : { order }) }
  }
}
