import { offeredPassages, type OfferedPassage, type PassageReader } from '../../../shared/rules/minutes/index.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf } from '../../data/related.svelte.ts'

/** The passages that somebody may insert, as this device knows them now. */
export class PassageShelf {
  readonly #query: LiveQuery<'passage'>
  readonly #reader: () => PassageReader
  readonly #offered = $derived.by(() => offeredPassages(recordsOf(this.#query), this.#reader()))

  /** @param reader for whose minutes they are wanted; read anew whenever it changes */
  constructor(data: Pick<Data, 'select'>, reader: () => PassageReader) {
    this.#query = data.select({ type: 'passage' })
    this.#reader = reader
  }

  get state(): LiveQuery<'passage'>['state'] {
    return this.#query.state
  }

  /** Those of the body, of the town, then what the law suggests; the replaced ones among them. */
  get offered(): readonly OfferedPassage[] {
    return this.#offered
  }
}
