import { untrack } from 'svelte'
import type { Data, SearchHit } from '../../data/contract.ts'
import type { PaletteGroup } from '../../ui/palette/palette-item.ts'
import { kinds, placeOf } from './places.ts'

/** Milliseconds without a key before a search begins. */
const pause = 80

/** Search as you type: the newest question wins, however late older answers come. */
export class Search {
  hits = $state.raw<readonly SearchHit[]>([])
  state = $state<'idle' | 'busy' | 'done' | 'failed'>('idle')
  #text = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #data: Pick<Data, 'search'>
  readonly #limit: number

  constructor(data: Pick<Data, 'search'>, limit: number) {
    this.#data = data
    this.#limit = limit
  }

  get text(): string {
    return this.#text
  }
  set text(text: string) {
    this.#text = text
    clearTimeout(this.#timer)
    if (text.trim() === '') {
      this.hits = []
      this.state = 'idle'
      return
    }
    this.state = 'busy'
    this.#timer = setTimeout(() => void this.#ask(text), pause)
  }

  /** Asks the same again, as there may be more to find now. */
  repeat(): void {
    const text = untrack(() => this.#text)
    if (text.trim() !== '') void this.#ask(text)
  }

  async #ask(text: string): Promise<void> {
    try {
      const hits = await this.#data.search(text.trim(), this.#limit)
      if (text !== this.#text) return
      this.hits = hits
      this.state = 'done'
    } catch (error) {
      if (text === this.#text) this.state = 'failed'
      throw error
    }
  }

  get groups(): PaletteGroup[] {
    return groupHits(this.hits)
  }
}

/** Hits by kind: the kind of the best hit first, within a kind as they were ranked. */
export function groupHits(hits: readonly SearchHit[]): PaletteGroup[] {
  return [...new Set(hits.map((hit) => hit.type))].flatMap((type) => {
    const kind = kinds[type]
    const items = hits
      .filter((hit) => hit.type === type)
      .map((hit) => ({
        key: hit.id,
        title: hit.title,
        detail: hit.detail,
        href: placeOf(hit.id) ?? '#/',
        ...(kind ? { glyph: kind.glyph } : {}),
      }))
    return kind && items.length > 0 ? [{ title: kind.title(), items }] : []
  })
}
