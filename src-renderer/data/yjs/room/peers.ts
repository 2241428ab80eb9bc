import {
  encodePageUpdate,
  decodePageUpdate,
  frameKinds,
  largestBody,
  type FrameKind,
  type RoomPeer,
} from '../../../../shared/hub-api/rooms.ts'
import type { RoomLine, RoomNews } from '../../contract.ts'
import { Mesh } from '../mesh/mesh.ts'
import { isSignal } from '../mesh/rtc-link.ts'
import { bytesToJson, decodeDirect, encodeDirect, jsonToBytes, type DirectMessage } from './messages.ts'

export interface PeerEvents {
  /** This window is in, with those others. */
  entered(): void
  came(peer: number): void
  left(peer: number): void
  /** This window is out: nobody hears it. */
  out(because: (RoomNews & { kind: 'out' })['because']): void
  /** Screens of the room show the board, or no more. */
  projected(projectors: readonly string[]): void
  update(peer: number, page: string, update: Uint8Array): void
  glance(peer: number, bytes: Uint8Array): void
  direct(peer: number, message: DirectMessage): void
  linked(peer: number): void
  /** Messages between the two may be lost. */
  unlinked(peer: number): void
}

/**
 * Those who are at a board with this window, and the way to each: over a link where there is one, else through the hub.
 * Every message takes one way to every peer, so that nobody gets it twice.
 */
export class Peers {
  readonly #line: RoomLine
  readonly #mesh: Mesh
  readonly #events: PeerEvents
  readonly #others = new Map<number, RoomPeer>()
  readonly #leave: () => void
  #own: number | undefined
  /** Screens hear through the hub alone. */
  #isProjected = false

  constructor(line: RoomLine, events: PeerEvents) {
    this.#line = line
    this.#events = events
    this.#mesh = new Mesh({
      signal: (peer, signal) => line.send('direct', encodeDirect('signal', undefined, jsonToBytes(signal)), [peer]),
      linked: (peer) => events.linked(peer),
      heard: (peer, message) => this.#take(peer, message[0] ?? -1, message.subarray(1)),
      unlinked: (peer) => this.#others.has(peer) && events.unlinked(peer),
    })
    this.#leave = line.follow((news) => this.#hear(news))
  }

  /** Whoever came first before the others; none while this window is out. */
  get others(): readonly RoomPeer[] {
    return [...this.#others.values()]
  }

  /** The number that the others know this window by; undefined while it is out. */
  get own(): number | undefined {
    return this.#own
  }

  /** How many of the others are reached directly. */
  get linked(): readonly number[] {
    return this.#mesh.linked
  }

  /** Sends what was drawn to everybody else. What is too large for the hub reaches those without a link by ordinary sync. */
  update(page: string, update: Uint8Array): void {
    const body = encodePageUpdate(page, update)
    const linked = this.#mesh.linked
    const message = framed('update', body)
    for (const peer of linked) this.#mesh.send(peer, message)
    if (this.#isHeardByHub(linked) && body.length <= largestBody) this.#line.send('update', body, linked)
  }

  /** Tells everybody else what is gone with the next frame. */
  glance(bytes: Uint8Array): void {
    const linked = this.#mesh.linked
    const message = framed('glance', bytes)
    for (const peer of linked) this.#mesh.sendQuickly(peer, message)
    if (this.#isHeardByHub(linked) && bytes.length <= largestBody) this.#line.send('glance', bytes, linked)
  }

  #isHeardByHub(linked: readonly number[]): boolean {
    return this.#others.size > linked.length || this.#isProjected
  }

  /** Says something to one; false when it is more than the hub carries and there is no link. */
  direct(peer: number, message: Uint8Array): boolean {
    if (this.#mesh.send(peer, framed('direct', message))) return true
    if (message.length > largestBody) return false
    this.#line.send('direct', message, [peer])
    return true
  }

  /** This window cannot say what somebody lacks of a page. */
  sayNothing(peer: number, page: string): void {
    this.direct(peer, encodeDirect('nothing', page))
  }

  close(): void {
    this.#leave()
    this.#forget()
  }

  #hear(news: RoomNews): void {
    switch (news.kind) {
      case 'entered':
        this.#forget()
        this.#own = news.peer
        this.#mesh.use(news.iceServers)
        for (const other of news.others) this.#others.set(other.peer, other)
        for (const { peer } of news.others) this.#mesh.link(peer)
        return this.#events.entered()
      case 'came':
        this.#others.set(news.who.peer, news.who)
        return this.#events.came(news.who.peer)
      case 'left':
        this.#others.delete(news.peer)
        this.#mesh.unlink(news.peer)
        return this.#events.left(news.peer)
      case 'out':
        this.#forget()
        return this.#events.out(news.because)
      case 'projected':
        this.#isProjected = news.projectors.length > 0
        return this.#events.projected(news.projectors)
      case 'frame':
        return this.#take(news.from, frameKinds.indexOf(news.frame), news.body)
    }
  }

  /** Links end with the right to be here. */
  #forget(): void {
    this.#others.clear()
    this.#own = undefined
    this.#isProjected = false
    this.#mesh.close()
  }

  #take(peer: number, kindNumber: number, body: Uint8Array): void {
    if (!this.#others.has(peer)) return
    const kind = frameKinds[kindNumber]
    if (kind === 'glance') return this.#events.glance(peer, body)
    if (kind === 'update') {
      const read = decodePageUpdate(body)
      if (read) this.#events.update(peer, read.page, read.update)
      return
    }
    const message = kind && decodeDirect(body)
    if (message?.kind !== 'signal') return message && this.#events.direct(peer, message)
    const signal = bytesToJson(message.first)
    if (isSignal(signal)) this.#mesh.hear(peer, signal)
  }
}

function framed(kind: FrameKind, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(body.length + 1)
  message[0] = frameKinds.indexOf(kind)
  message.set(body, 1)
  return message
}
