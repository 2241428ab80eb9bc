import { untrack } from 'svelte'
import type { Data, SearchHit } from '../../data/contract.ts'
import type { PaletteGroup } from '../../ui/palette/palette-item.ts'
import { kinds, placeOf } from './places.ts'

/** Milliseconds without a key, or after a change of the records, before a search begins. */
const pause = 80

/**
 * Search as you type, repeated when records change: the newest question wins, however late older answers come. Made while
 * a component is.
 */
export class Search {
  hits = $state.raw<readonly SearchHit[]>([])
  state = $state<'idle' | 'busy' | 'done' | 'failed'>('idle')
  #text = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0
  readonly #data: Pick<Data, 'search' | 'changes'>
  readonly #limit: number

  constructor(data: Pick<Data, 'search' | 'changes'>, limit: number) {
    this.#data = data
    this.#limit = limit
    // The worker's answer is a moment's.
    $effect(() => {
      if (this.#data.changes > 0) untrack(() => this.#repeat())
    })
  }

  get text(): string {
    return this.#text
  }
  set text(text: string) {
    this.#text = text
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (text.trim() === '') {
      this.hits = []
      this.state = 'idle'
      return
    }
    this.state = 'busy'
    this.#schedule()
  }

  #repeat(): void {
    if (this.#text.trim() !== '' && this.#timer === undefined) this.#schedule()
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#ask()
    }, pause)
  }

  async #ask(): Promise<void> {
    const text = this.#text
    const asked = ++this.#asked
    const isNewest = (): boolean => asked === this.#asked && text === this.#text
    try {
      const hits = await this.#data.search(text.trim(), this.#limit)
      if (!isNewest()) return
      this.hits = hits
      this.state = 'done'
    } catch (error) {
      if (isNewest()) this.state = 'failed'
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
