import type { IceServer } from '../../../../shared/hub-api/rooms.ts'
import { RtcLink, type Signal } from './rtc-link.ts'

/** Links of one window: a page drawn by more people goes to the others through the hub. */
export const mostLinks = 8

export interface MeshEvents {
  /** Sends a signal to a peer, through whoever brings the two together. */
  signal(peer: number, signal: Signal): void
  linked(peer: number): void
  heard(peer: number, message: Uint8Array): void
  /** A link that carried messages is over: some may be lost. */
  unlinked(peer: number): void
}

/**
 * Direct links to some of the others in a room. Only those are linked whom the hub vouches for, and only as long as it
 * does. In place of y-webrtc: its room sends on what it receives, its connections carry no message above 256 KiB, and
 * neither can be mended from outside, as both are one closure; what is left to reuse is `simple-peer`, which browsers
 * have made needless and which brings Node's streams along.
 */
export class Mesh {
  #iceServers: readonly IceServer[] = []
  readonly #events: MeshEvents
  readonly #links = new Map<number, RtcLink>()

  constructor(events: MeshEvents) {
    this.#events = events
  }

  /** Links made from now on ask these servers. */
  use(iceServers: readonly IceServer[]): void {
    this.#iceServers = iceServers
  }

  /** Peers to whom messages go directly now. */
  get linked(): number[] {
    return [...this.#links].flatMap(([peer, link]) => (link.isOpen ? [peer] : []))
  }

  /** Begins to link with a peer, when there is room for one more. */
  link(peer: number): void {
    if (!this.#links.has(peer) && this.#links.size < mostLinks) this.#make(peer, true)
  }

  hear(peer: number, signal: Signal): void {
    const known = this.#links.get(peer)
    if (known) return known.hear(signal)
    if (!('description' in signal) || signal.description.type !== 'offer') return
    if (this.#links.size >= mostLinks) return this.#events.signal(peer, { declined: true })
    this.#make(peer, false).hear(signal)
  }

  /** False where there is no link to the peer. */
  send(peer: number, message: Uint8Array): boolean {
    const link = this.#links.get(peer)
    if (!link?.isOpen) return false
    link.send(message)
    return true
  }

  sendQuickly(peer: number, message: Uint8Array<ArrayBuffer>): boolean {
    const link = this.#links.get(peer)
    if (!link?.isOpen) return false
    link.sendQuickly(message)
    return true
  }

  unlink(peer: number): void {
    this.#links.get(peer)?.close()
  }

  close(): void {
    for (const link of [...this.#links.values()]) link.close()
  }

  #make(peer: number, begins: boolean): RtcLink {
    let wasOpen = false
    const link = new RtcLink(begins, this.#iceServers, {
      signal: (signal) => this.#events.signal(peer, signal),
      opened: () => {
        wasOpen = true
        this.#events.linked(peer)
      },
      heard: (message) => this.#events.heard(peer, message),
      ended: () => {
        if (this.#links.get(peer) === link) this.#links.delete(peer)
        if (wasOpen) this.#events.unlinked(peer)
      },
    })
    this.#links.set(peer, link)
    return link
  }
}
