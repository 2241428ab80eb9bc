import type { Paper } from '../../../shared/oparl/index.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf } from '../../data/related.svelte.ts'

/** Papers that the list begins with; those before are asked for when somebody looks further or filters. */
const recentLimit = 300

/**
 * Papers for the list: the latest ones at once, all of the device when they are wanted. The latest are those of the
 * latest dates and those made last, as drafts have no date yet.
 */
export class PaperList {
  readonly #dated: LiveQuery<'paper'>
  readonly #made: LiveQuery<'paper'>
  readonly #every: LiveQuery<'paper'> | undefined
  readonly papers: readonly Paper[]

  constructor(data: Pick<Data, 'select'>, wantsAll: (recentLimit: number) => boolean) {
    this.#dated = data.select({ type: 'paper', newest: { field: 'date', limit: recentLimit } })
    this.#made = data.select({ type: 'paper', newest: { field: 'created', limit: recentLimit } })
    this.#every = $derived(
      this.#dated.entries.length === recentLimit && wantsAll(recentLimit) ? data.select({ type: 'paper' }) : undefined,
    )
    this.papers = $derived(
      this.#every?.state === 'ready'
        ? recordsOf(this.#every)
        : [
            ...new Map(
              [...recordsOf(this.#dated), ...recordsOf(this.#made)].map((paper) => [paper._id, paper]),
            ).values(),
          ],
    )
  }

  /** Nothing can be shown yet. */
  get isLoading(): boolean {
    return this.#dated.state === 'loading'
  }

  /** Older papers are on their way. */
  get isLoadingMore(): boolean {
    return this.#every?.state === 'loading'
  }

  /** Whether these are all papers of this device. */
  get isComplete(): boolean {
    return this.#every ? this.#every.state === 'ready' : this.#dated.entries.length < recentLimit
  }
}
