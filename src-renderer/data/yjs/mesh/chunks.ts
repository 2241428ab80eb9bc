/** Bytes of a chunk, at most: data channels between browsers of all makes carry this much in one message. */
export const chunkSize = 16_384
/** More than any page has: who sends more sends nonsense. */
const largestMessage = 64 * 1024 * 1024

const more = 0
const last = 1

/** Cuts a message into chunks: a byte that says whether it is the last, then its part of the message. */
export function* chunksOf(message: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  const room = chunkSize - 1
  for (let place = 0; place === 0 || place < message.length; place += room) {
    const part = message.subarray(place, place + room)
    const chunk = new Uint8Array(part.length + 1)
    chunk[0] = place + room >= message.length ? last : more
    chunk.set(part, 1)
    yield chunk
  }
}

/** Puts the chunks of one ordered channel together again. */
export class Reassembly {
  #parts: Uint8Array[] = []
  #size = 0

  /** The message that ends with this chunk; undefined while it goes on, null when it is too large or no chunk at all. */
  take(chunk: Uint8Array): Uint8Array<ArrayBuffer> | undefined | null {
    const [flag] = chunk
    this.#size += chunk.length - 1
    if ((flag !== more && flag !== last) || this.#size > largestMessage) return null
    this.#parts.push(chunk.subarray(1))
    return flag === last ? this.#join() : undefined
  }

  #join(): Uint8Array<ArrayBuffer> {
    const message = new Uint8Array(this.#size)
    let place = 0
    for (const part of this.#parts) {
      message.set(part, place)
      place += part.length
    }
    this.#parts = []
    this.#size = 0
    return message
  }
}
