import type { ElementOf } from '../../../../shared/council/board/element.ts'

/** Pictures as bitmaps, decoded once; asks to be drawn again when one is ready. */
export class Pictures {
  readonly #bitmaps = new WeakMap<Uint8Array, ImageBitmap | 'pending' | 'damaged'>()
  readonly #ready: (element: ElementOf<'picture'>) => void

  constructor(ready: (element: ElementOf<'picture'>) => void) {
    this.#ready = ready
  }

  /** The picture; `damaged` when it is none, undefined until it is decoded. */
  get(element: ElementOf<'picture'>): ImageBitmap | 'damaged' | undefined {
    const known = this.#bitmaps.get(element.bytes)
    if (known === undefined) void this.#decode(element)
    return known === 'pending' ? undefined : known
  }

  /** Decodes pictures; settles when all of them can be drawn. */
  async load(elements: readonly ElementOf<'picture'>[]): Promise<void> {
    await Promise.all(elements.map((element) => this.#decode(element)))
  }

  async #decode(element: ElementOf<'picture'>): Promise<void> {
    const { bytes, mediaType } = element
    this.#bitmaps.set(bytes, 'pending')
    try {
      this.#bitmaps.set(bytes, await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: mediaType })))
    } catch {
      this.#bitmaps.set(bytes, 'damaged')
    }
    this.#ready(element)
  }
}
