import { createSubscriber } from 'svelte/reactivity'
import type { RecordType } from '../../shared/council/records/index.ts'
import type { Entry, LiveQuery as LiveQueryContract } from './contract.ts'
import { SelectionMirror } from './selection-mirror.ts'
import type { SelectionChange } from './worker/contract.ts'

/** Opens the selection; returns its end. */
export type OpenSelection = (onChange: (change: SelectionChange) => void) => () => void

/** A selection over the worker: it opens with the first reader and closes with the last. */
export class LiveQuery<Type extends RecordType> implements LiveQueryContract<Type> {
  #entries: readonly Entry<Type>[] = $state.raw([])
  #state: 'loading' | 'ready' | 'failed' = $state('loading')
  #mirror = new SelectionMirror()
  #subscribe: () => void

  constructor(open: OpenSelection) {
    this.#subscribe = createSubscriber(() => open((change) => this.#apply(change)))
  }

  get entries(): readonly Entry<Type>[] {
    this.#subscribe()
    return this.#entries
  }

  get state(): 'loading' | 'ready' | 'failed' {
    this.#subscribe()
    return this.#state
  }

  #apply(change: SelectionChange): void {
    this.#entries = this.#mirror.apply(change) as readonly Entry<Type>[]
    this.#state = change.state
  }
}
