import type { BoardPresence } from '../../../data/yjs/board/index.ts'
import type { LiveLayer } from './live-layer.ts'

const prefix = 'other '

/** Shows on the live layer what the others do: their strokes while they draw, and where their mice are. */
export class OthersHere {
  readonly #presence: BoardPresence
  readonly #layer: LiveLayer
  readonly #stop: () => void

  constructor(presence: BoardPresence, layer: LiveLayer, changed: () => void) {
    this.#presence = presence
    this.#layer = layer
    this.#stop = presence.observe(() => {
      this.#show()
      changed()
    })
    this.#show()
  }

  close(): void {
    this.#stop()
  }

  #show(): void {
    const { items } = this.#layer
    for (const key of items.keys()) if (key.startsWith(prefix)) items.delete(key)
    for (const [key, { strokes, cursor, name, colour }] of this.#presence.others) {
      for (const stroke of strokes) items.set(`${prefix}${key} ${stroke.id}`, { kind: 'stroke', stroke, predicted: [] })
      if (cursor) items.set(`${prefix}${key}`, { kind: 'cursor', at: cursor, name, colour })
    }
  }
}
