import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { StartFault } from '../../start-fault.ts'
import { ObjectStoreFault, type ObjectStore } from '../../../../shared/ports/object-store.ts'
import type { MovedMedia } from './moved-media.ts'

/** Milliseconds after which what failed is tried again; twice as long each time, up to the second. */
const againAfter = [1000, 60_000] as const

const usualPiece = 16 * 1024 * 1024
/** Milliseconds for which a start waits for the store. */
const longestProof = 5000

export interface DepotOptions {
  /** Where finished recordings go; undefined: they stay with the hub. */
  readonly store: ObjectStore | undefined
  readonly log: Pick<Logger, 'error' | 'info'>
  /** Bytes of an object at most: one is in memory at a time, and made anew when something of it is taken back. */
  readonly pieceBytes?: number
}

const unconfigured = new ObjectStoreFault(
  'unreachable',
  'unconfigured',
  'Recordings lie in a store that the configuration does not name any more. Name it again under "recordings".',
)

/** Moves finished recordings to the object store and keeps them there as they are to be, one at a time, until it holds. */
export class Depot {
  readonly #options: DepotOptions
  readonly #waiting = new Set<MovedMedia>()
  #working: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #delay: number = againAfter[0]
  #trouble: string | undefined
  #isStopped = false

  constructor(options: DepotOptions) {
    this.#options = options
  }

  get pieceBytes(): number {
    return this.#options.pieceBytes ?? usualPiece
  }

  /** Why recordings cannot be moved, read, overwritten or removed at the moment; undefined: they can. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** Whether nothing is under way and nothing waits. */
  get isIdle(): boolean {
    return !this.#working && this.#waiting.size === 0
  }

  /** Something may be to be done for a recording. */
  wake(media: MovedMedia): void {
    if (!this.#options.store) {
      if (media.needsStore) this.#fail('look after a recording in', unconfigured, media)
      return
    }
    this.#waiting.add(media)
    this.#work()
  }

  /**
   * Proves the store before anything is moved. One that does not answer is tried again later, as no meeting may wait for
   * it; throws `StartFault` where the configuration has to be mended.
   */
  async start(): Promise<void> {
    const { store } = this.#options
    if (!store) return
    const slow = new AbortController()
    const late = pause(longestProof, undefined, { signal: slow.signal }).then(() => {
      throw new ObjectStoreFault('unreachable', 'timeout', 'The store of recordings takes long to answer.')
    })
    try {
      await Promise.race([store.check(), late])
    } catch (fault) {
      if (fault instanceof ObjectStoreFault && fault.kind !== 'unreachable')
        throw new StartFault(`"recordings" cannot be used. ${fault.message}`)
      this.#fail('prove', fault)
      this.#retry()
    } finally {
      slow.abort()
      late.catch(() => undefined)
    }
  }

  /** As the store reads; a fault is told, and the store proven until it holds again. */
  async read(
    name: string,
    range: { readonly start: number; readonly end: number },
  ): Promise<AsyncIterable<Uint8Array>> {
    try {
      if (!this.#options.store) throw unconfigured
      return await this.#options.store.read(name, range)
    } catch (fault) {
      if (!this.#isStopped) {
        this.#fail('read', fault)
        this.#retry()
      }
      throw fault
    }
  }

  /** Breaks off what is under way; the next start goes on with it. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.#options.store?.close()
    await this.#working
  }

  #work(): void {
    const { store } = this.#options
    if (!store || this.#working || this.#timer || this.#isStopped) return
    this.#working = this.#round(store).finally(() => {
      this.#working = undefined
      if (this.#trouble !== undefined) this.#retry()
      else if (this.#waiting.size > 0) this.#work()
    })
  }

  async #round(store: ObjectStore): Promise<void> {
    const failed = new Set<MovedMedia>()
    for (const media of this.#waiting) {
      this.#waiting.delete(media)
      try {
        await media.settle(store)
      } catch (fault) {
        failed.add(media)
        if (this.#isStopped) break
        this.#fail('look after a recording in', fault, media)
        await media.failed(codeOf(fault)).catch((also: unknown) => this.#fail('tell of', also))
      }
    }
    for (const media of failed) this.#waiting.add(media)
    if (failed.size === 0 && !this.#isStopped) await this.#prove(store)
  }

  async #prove(store: ObjectStore): Promise<void> {
    if (this.#trouble !== undefined) {
      try {
        await store.check()
      } catch (fault) {
        return this.#fail('prove', fault)
      }
      this.#options.log.info({ was: this.#trouble }, 'the store of recordings holds again')
    }
    this.#trouble = undefined
    this.#delay = againAfter[0]
  }

  #retry(): void {
    if (this.#trouble === undefined || this.#timer || this.#isStopped || !this.#options.store) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#work()
    }, this.#delay).unref()
    this.#delay = Math.min(2 * this.#delay, againAfter[1])
  }

  #fail(action: string, fault: unknown, media?: MovedMedia): void {
    const code = codeOf(fault)
    if (this.#isStopped || this.#trouble === code) return
    this.#trouble = code
    const words = fault instanceof ObjectStoreFault ? fault.message : 'A recording stays where it is.'
    const told = { err: fault, code, ...(media ? { recording: media.key } : {}) }
    this.#options.log.error(told, `cannot ${action} the store of recordings; trying again. ${words}`)
  }
}

const codeOf = (fault: unknown): string => {
  const { code, name } = fault as NodeJS.ErrnoException
  return code ?? name
}
