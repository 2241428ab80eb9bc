/** Somebody at a board, as the hub vouches for it: a window of a device. */
export interface RoomPeer {
  /** Never used again within the room. */
  readonly peer: number
  /** Id of the account, and its name. */
  readonly account: string
  readonly name: string
}

/** Device to hub: who wants to be at a board. A channel is a number of the device's own for each window that is there. */
export type RoomAsk =
  | { readonly kind: 'enter'; readonly channel: number; readonly board: string }
  | { readonly kind: 'leave'; readonly channel: number }

/**
 * `no-such-room`: there is none for this person, or none any more; `at-rest`: nobody draws there while an item is on from
 * which somebody is kept out; `too-much`: sent more than a person draws; `malformed`:
 * sent what is no update; `behind`: does not keep up; `full`: nobody else fits in.
 */
export type ExpelledBecause = 'no-such-room' | 'at-rest' | 'too-much' | 'malformed' | 'behind' | 'full'

/** A server that helps two devices to find each other beyond their networks (W3C WebRTC, `RTCIceServer`). */
export interface IceServer {
  /** `stun:`, `turn:` or `turns:` (RFC 7064, RFC 7065). */
  readonly urls: string
  readonly username?: string
  readonly credential?: string
}

/** Hub to device. */
export type RoomTell =
  /** The others who are there, whoever came first before the others. */
  | {
      readonly kind: 'entered'
      readonly channel: number
      readonly peer: number
      readonly others: readonly RoomPeer[]
      readonly iceServers: readonly IceServer[]
    }
  | { readonly kind: 'came'; readonly channel: number; readonly who: RoomPeer }
  | { readonly kind: 'left'; readonly channel: number; readonly peer: number }
  | { readonly kind: 'expelled'; readonly channel: number; readonly because: ExpelledBecause }
  /** The screens of the room that show a page of the board right now, such as `projector:1`. */
  | { readonly kind: 'projected'; readonly channel: number; readonly projectors: readonly string[] }

/**
 * `update`: what was drawn, for everybody: the key of the page and a Yjs update; `glance`: what is gone with the next
 * frame, such as a stroke under the pen; `direct`: for one peer, whatever the two say to each other.
 */
export const frameKinds = ['update', 'glance', 'direct'] as const
export type FrameKind = (typeof frameKinds)[number]

/** A binary message on the socket of a device. */
export interface RoomFrame {
  readonly channel: number
  readonly kind: FrameKind
  /** To the hub: who gets it on another way, and for `direct` the one whom it is for. From the hub: who sent it. */
  readonly peers: readonly number[]
  readonly body: Uint8Array
}

/** Bytes of a body, at most; more is left to ordinary sync. */
export const largestBody = 262_144
const mostNamed = 128

/** Number (varint, low bits first) of channel, byte of kind, count and numbers of peers, then the body. */
export function encodeFrame({ channel, kind, peers, body }: RoomFrame): Uint8Array<ArrayBuffer> {
  const head: number[] = []
  writeNumber(head, channel)
  head.push(frameKinds.indexOf(kind))
  writeNumber(head, peers.length)
  for (const peer of peers) writeNumber(head, peer)
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return bytes
}

/** Reads a message; undefined for what is none. The body is a view of the given bytes. */
export function decodeFrame(bytes: Uint8Array): RoomFrame | undefined {
  let place = 0
  const next = (): number | undefined => {
    let value = 0
    for (let factor = 1; factor <= 2 ** 42; factor *= 128) {
      const byte = bytes[place++]
      if (byte === undefined) return undefined
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
    return undefined
  }
  const channel = next()
  const kind = frameKinds[bytes[place++] ?? -1]
  const count = next()
  if (channel === undefined || !kind || count === undefined || count > mostNamed) return undefined
  const peers = Array.from({ length: count }, next)
  const body = bytes.subarray(place)
  if (!peers.every((peer) => peer !== undefined) || body.length > largestBody) return undefined
  return { channel, kind, peers, body }
}

function writeNumber(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

const pageLength = 26

/** The body of an `update`. */
export function encodePageUpdate(page: string, update: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pageLength + update.length)
  for (let place = 0; place < pageLength; place++) bytes[place] = page.charCodeAt(place)
  bytes.set(update, pageLength)
  return bytes
}

/** Reads the body of an `update`; undefined when it names no page. */
export function decodePageUpdate(body: Uint8Array): { readonly page: string; readonly update: Uint8Array } | undefined {
  const page = String.fromCharCode(...body.subarray(0, pageLength))
  return /^[0-9A-Z]{26}$/.test(page) ? { page, update: body.subarray(pageLength) } : undefined
}
