/** An event of a stream, as its name and its text. */
export interface StreamedEvent {
  readonly event: string
  readonly data: string
}

/**
 * Server-sent events (WHATWG HTML, section 9.2) as hubs write them, read by fetch, as an `EventSource` sends no headers.
 *
 * @param heard called with each sign of life
 */
export async function* streamedEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  heard: () => void,
): AsyncGenerator<StreamedEvent> {
  let text = ''
  for await (const piece of piecesOf(body)) {
    heard()
    const blocks = (text + piece).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = /^event: (.+)$/m.exec(block)?.[1]
      if (event !== undefined) yield { event, data: dataIn(block) }
    }
  }
}

/** Safari reads streams by their reader alone. */
async function* piecesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}

const dataIn = (block: string): string =>
  block
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length))
    .join('\n')
