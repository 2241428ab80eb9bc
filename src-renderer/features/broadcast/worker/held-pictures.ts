import type { Card } from '../capture-contract.ts'

type Held =
  | { readonly kind: 'frame'; readonly image: VideoFrame }
  | { readonly kind: 'still'; readonly image: ImageBitmap }
  | { readonly kind: 'card'; readonly card: Card }

/**
 * The newest picture of each source. What is held here is the one thing that could show a closed part after it: a screen
 * share gives no new frame for minutes. So `purge` forgets everything, and a source that was opened before it never
 * shows again.
 */
export class HeldPictures {
  readonly #held = new Map<string, Held>()
  readonly #readers = new Map<string, ReadableStreamDefaultReader<VideoFrame>>()
  readonly #onShown: (source: string) => void

  /** @param onShown the first frame of a source is here */
  constructor(onShown: (source: string) => void) {
    this.#onShown = onShown
  }

  get(source: string | null): Held | undefined {
    return source === null ? undefined : this.#held.get(source)
  }

  setStill(source: string, image: ImageBitmap): void {
    this.#replace(source, { kind: 'still', image })
  }

  setCard(source: string, card: Card): void {
    this.#replace(source, { kind: 'card', card })
  }

  /** Follows a camera or screen; frames that nobody came to draw are closed. */
  async follow(source: string, readable: ReadableStream<VideoFrame>): Promise<void> {
    this.drop(source)
    const reader = readable.getReader()
    this.#readers.set(source, reader)
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
      if (this.#readers.get(source) !== reader) {
        value?.close()
        return
      }
      if (done || !value) break
      if (!this.#held.has(source)) this.#onShown(source)
      this.#replace(source, { kind: 'frame', image: value })
    }
    this.drop(source)
  }

  drop(source: string): void {
    void this.#readers
      .get(source)
      ?.cancel()
      .catch(() => undefined)
    this.#readers.delete(source)
    this.#replace(source, undefined)
  }

  /** Forgets everything that was captured until now. */
  purge(): void {
    for (const source of [...this.#readers.keys(), ...this.#held.keys()]) this.drop(source)
  }

  #replace(source: string, held: Held | undefined): void {
    const before = this.#held.get(source)
    if (before && before.kind !== 'card') before.image.close()
    if (held) this.#held.set(source, held)
    else this.#held.delete(source)
  }
}
