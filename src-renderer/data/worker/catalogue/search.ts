import MiniSearch, { type SearchOptions } from 'minisearch'
import { recordTypes, type RecordType } from '../../../../shared/council/records/index.ts'
import { indexedFrom, type Indexed } from '../../../../shared/packs/index.ts'
import { byKnowledge } from '../../../../shared/rules/audience.ts'
import type { SearchHit } from '../../contract.ts'
import type { Databases } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'
import type { Catalogue } from './catalogue.ts'

const searched: readonly RecordType[] = ['meeting', 'agenda-item', 'paper', 'organization', 'person', 'file']
const options: SearchOptions = { combineWith: 'AND', prefix: true, boost: { title: 3 }, fuzzy: false }

/** Searches the running term by an index in memory and closed terms by their titles; nothing of it is on disk. */
export class Search {
  #catalogue: Catalogue
  #databases: Databases
  #packs: Packs
  #ready: Promise<MiniSearch<Indexed>> | undefined
  #titles: string[] = []
  /** Records that changed since their term was packed: the index knows them, their packed titles are old. */
  #superseded = new Set<string>()

  constructor(catalogue: Catalogue, databases: Databases, packs: Packs) {
    this.#catalogue = catalogue
    this.#databases = databases
    this.#packs = packs
    catalogue.onChange((type, ids) => this.#noteChange(type, ids))
  }

  /** Makes everything searchable; searching does so as well, only later. */
  async prepare(): Promise<void> {
    await (this.#ready ??= this.#build())
  }

  async find(text: string, limit: number): Promise<SearchHit[]> {
    if (text.trim() === '') return []
    const index = await (this.#ready ??= this.#build())
    const hits = index.search(text, options).slice(0, limit) as unknown as Indexed[]
    const found = hits.map(({ id, title, detail }) => toHit(id, title, detail))
    return found.length < limit ? [...found, ...this.#scan(text, limit - found.length, (id) => index.has(id))] : found
  }

  async #build(): Promise<MiniSearch<Indexed>> {
    const index = new MiniSearch<Indexed>({ fields: ['title', 'detail', 'text'], storeFields: ['title', 'detail'] })
    for (const type of searched)
      for (const { record } of (await this.#catalogue.running(type)).values()) {
        const indexed = indexedFrom(record)
        if (indexed && !index.has(indexed.id)) index.add(indexed)
      }
    const copies = this.#databases.open.toSorted((a, b) => byKnowledge(a.copy.audience, b.copy.audience))
    this.#superseded.clear()
    this.#titles = await Promise.all(copies.map((open) => this.#packs.titles(open)))
    return index
  }

  #noteChange(type: RecordType, ids: ReadonlySet<string> | 'all'): void {
    if (ids === 'all') this.#ready = undefined
    else if (this.#ready && searched.includes(type)) {
      for (const id of ids) this.#superseded.add(id)
      const ready = this.#ready
      this.#ready = ready.then((index) => this.#update(index, type, ids))
    }
  }

  async #update(index: MiniSearch<Indexed>, type: RecordType, ids: ReadonlySet<string>): Promise<MiniSearch<Indexed>> {
    const entries = await this.#catalogue.running(type)
    for (const id of ids) {
      const entry = entries.get(id)
      const indexed = entry && indexedFrom(entry.record)
      if (index.has(id)) index.discard(id)
      if (indexed) index.add(indexed)
    }
    return index
  }

  /** Lines that contain every word, looked for by the longest. */
  #scan(text: string, limit: number, isIndexed: (id: string) => boolean): SearchHit[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const [longest = '', ...others] = words.toSorted((a, b) => b.length - a.length)
    const seen = new Set(this.#superseded)
    const hits: SearchHit[] = []
    for (const titles of this.#titles)
      for (let at = titles.indexOf(longest); at >= 0 && hits.length < limit;) {
        const end = titles.indexOf('\n', at)
        const line = titles.slice(titles.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end)
        const [id = '', title = '', detail = '', lower = ''] = line.split('\t')
        if (
          !seen.has(id) &&
          !isIndexed(id) &&
          lower.includes(longest) &&
          others.every((word) => lower.includes(word))
        ) {
          seen.add(id)
          hits.push(toHit(id, title, detail))
        }
        at = end < 0 ? -1 : titles.indexOf(longest, end)
      }
    return hits
  }
}

const toHit = (id: string, title: string, detail: string): SearchHit => ({
  id,
  title,
  detail,
  type: recordTypes.find((type) => id.startsWith(`${type}:`)) ?? 'file',
})
