import type { Caption } from '../../../../shared/rules/broadcast/captions.ts'
import type { StreamEvent } from '../../event-stream.ts'
import { publicCaption, type Captions } from './captions.ts'

/** Milliseconds of which whoever comes is told: a picture lies no further back. */
const toldBack = 60_000

/** Tells everybody who reads along what may be shown, and what may not any more; worked out once for all. */
export class PublicFeed {
  readonly #captions: Captions
  readonly #now: () => number
  readonly #readers = new Set<(event: StreamEvent) => void>()
  /** Each caption that is shown, as it was told: one that changed is another object. */
  #told: ReadonlyMap<string, Caption> = new Map()
  #end: (() => void) | undefined

  constructor(captions: Captions, now: () => number) {
    this.#captions = captions
    this.#now = now
  }

  /** Tells what is shown of the last minute, then whatever changes, until the returned end. */
  follow(reader: (event: StreamEvent) => void): () => void {
    if (this.#end) this.#tell()
    else {
      this.#told = this.#shown()
      this.#end = this.#captions.onChange(() => this.#tell())
    }
    const since = this.#now() - toldBack
    for (const each of this.#captions.shown) if (each.time.to > since) reader(eventOf(each))
    this.#readers.add(reader)
    return () => {
      this.#readers.delete(reader)
      if (this.#readers.size > 0) return
      this.#end?.()
      this.#end = undefined
    }
  }

  #shown(): Map<string, Caption> {
    return new Map(this.#captions.shown.map((each) => [each.caption, each]))
  }

  #tell(): void {
    const [before, now] = [this.#told, this.#shown()]
    this.#told = now
    const gone = [...before.keys()].filter((caption) => !now.has(caption))
    const fresh = [...now.values()].filter((each) => before.get(each.caption) !== each).map(eventOf)
    for (const reader of this.#readers) {
      for (const caption of gone) reader({ event: 'gone', data: JSON.stringify(caption) })
      for (const event of fresh) reader(event)
    }
  }
}

const eventOf = (each: Caption): StreamEvent => ({ event: 'caption', data: JSON.stringify(publicCaption(each)) })
