import {
  decodeFrame,
  encodeFrame,
  type FrameKind,
  type RoomAsk,
  type RoomTell,
} from '../../../../shared/hub-api/rooms.ts'
import type { RoomNews } from '../../contract.ts'

type Tell = (key: string, news: RoomNews) => void

/** Milliseconds until a room that let nobody in is asked again, the first time and at most. */
const firstPause = 500
const longestPause = 30_000

interface Place {
  readonly key: string
  readonly board: string
  readonly tell: Tell
  pause: number
  timer?: ReturnType<typeof setTimeout> | undefined
}

/** The one socket of this device, as far as rooms use it. */
export interface RoomSocket {
  send(ask: RoomAsk): void
  sendFrame(frame: Uint8Array<ArrayBuffer>): void
}

/** Where the windows of this device are: at which boards, over the device's one socket. */
export class Rooms {
  #socket: RoomSocket | undefined
  readonly #places = new Map<number, Place>()
  #lastChannel = 0

  /** A window wants to be at a board; it hears news from there until it closes. */
  open(tell: Tell, key: string, board: string): void {
    const channel = ++this.#lastChannel
    this.#places.set(channel, { key, board, tell, pause: firstPause })
    this.#socket?.send({ kind: 'enter', channel, board })
  }

  close(tell: Tell, key: string): void {
    for (const [channel, place] of this.#places) if (place.tell === tell && place.key === key) this.#leave(channel)
  }

  /** A window is gone. */
  closeAll(tell: Tell): void {
    for (const [channel, place] of this.#places) if (place.tell === tell) this.#leave(channel)
  }

  send(tell: Tell, key: string, kind: FrameKind, body: Uint8Array, peers: readonly number[]): void {
    for (const [channel, place] of this.#places)
      if (place.tell === tell && place.key === key) this.#socket?.sendFrame(encodeFrame({ channel, kind, peers, body }))
  }

  /** There is a socket, or none any more. */
  connect(socket: RoomSocket | undefined): void {
    this.#socket = socket
    for (const [channel, place] of this.#places) {
      clearTimeout(place.timer)
      place.timer = undefined
      if (socket) socket.send({ kind: 'enter', channel, board: place.board })
      else place.tell(place.key, { kind: 'out', because: 'offline' })
    }
  }

  hear(tell: RoomTell): void {
    const place = this.#places.get(tell.channel)
    if (!place) return
    const { channel: _, ...news } = tell
    if (news.kind === 'entered') place.pause = firstPause
    if (news.kind !== 'expelled') return place.tell(place.key, news)
    place.tell(place.key, { kind: 'out', because: news.because })
    this.#askAgain(tell.channel, place)
  }

  take(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    const place = frame && this.#places.get(frame.channel)
    const [from] = frame?.peers ?? []
    // A copy of its own: what goes to a window is cut from the message.
    if (place && from !== undefined)
      place.tell(place.key, { kind: 'frame', frame: frame.kind, from, body: frame.body.slice() })
  }

  #askAgain(channel: number, place: Place): void {
    clearTimeout(place.timer)
    place.timer = setTimeout(() => this.#socket?.send({ kind: 'enter', channel, board: place.board }), place.pause)
    place.pause = Math.min(place.pause * 2, longestPause)
  }

  #leave(channel: number): void {
    clearTimeout(this.#places.get(channel)?.timer)
    this.#places.delete(channel)
    this.#socket?.send({ kind: 'leave', channel })
  }
}
