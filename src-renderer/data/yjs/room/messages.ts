/**
 * What two windows at a board say to each other alone. `ask`: what do I lack of this page, here is what I have (state
 * vector); `answer`: that, and what I have; `nothing`: I cannot say, ask another; `too-large`: more than the hub
 * carries, ask over a link or wait for ordinary sync; `missing`: what you lack; `glance`: what I do right now, all of it;
 * `signal`: how to reach me directly.
 */
const directKinds = ['ask', 'answer', 'nothing', 'too-large', 'missing', 'glance', 'signal'] as const
export type DirectKind = (typeof directKinds)[number]

export interface DirectMessage {
  readonly kind: DirectKind
  readonly page: string
  readonly first: Uint8Array
  readonly second: Uint8Array
}

const nothing = new Uint8Array(0)
const pageLength = 26
const noPage = '0'.repeat(pageLength)
const head = 1 + pageLength + 4

/** Kind (1 byte), page (26 ASCII letters), length of the first part (uint32), both parts. */
export function encodeDirect(
  kind: DirectKind,
  page: string = noPage,
  first: Uint8Array = nothing,
  second: Uint8Array = nothing,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head + first.length + second.length)
  bytes[0] = directKinds.indexOf(kind)
  for (let place = 0; place < pageLength; place++) bytes[1 + place] = page.charCodeAt(place)
  new DataView(bytes.buffer).setUint32(1 + pageLength, first.length)
  bytes.set(first, head)
  bytes.set(second, head + first.length)
  return bytes
}

/** Reads a message; undefined for what is none. */
export function decodeDirect(bytes: Uint8Array): DirectMessage | undefined {
  const kind = directKinds[bytes[0] ?? -1]
  if (!kind || bytes.length < head) return undefined
  const page = String.fromCharCode(...bytes.subarray(1, 1 + pageLength))
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1 + pageLength)
  if (!/^[0-9A-Z]{26}$/.test(page) || head + length > bytes.length) return undefined
  return { kind, page, first: bytes.subarray(head, head + length), second: bytes.subarray(head + length) }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export const jsonToBytes = (value: unknown): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(value))

/** Undefined for what is no JSON. */
export function bytesToJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch {
    return undefined
  }
}
