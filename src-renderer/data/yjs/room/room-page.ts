import type { Doc } from 'yjs'
import type { TextUpdates } from '../../contract.ts'
import { SharedText } from '../shared-text.svelte.ts'
import { Adoption } from './adoption.ts'
import { encodeDirect, type DirectMessage } from './messages.ts'
import { PageSync } from './page-sync.ts'
import type { Peers } from './peers.ts'
import { RoomPresence } from './room-presence.ts'

export interface PageParts {
  readonly key: string
  readonly updates: TextUpdates
  readonly peers: Peers
  nameOf(peer: number): string
  onClose(): void
}

/** A page of a board that a window has open: what is on it, who is on it, and what of it is safe where. */
export class RoomPage {
  /** What is kept of it, and what of that the hub has. */
  readonly text: SharedText
  readonly presence: RoomPresence
  readonly sync: PageSync
  readonly #parts: PageParts
  readonly #adoption: Adoption
  /** Called after the page became complete, or no longer is. */
  onChange: () => void = () => {}

  constructor(parts: PageParts) {
    const { key, peers } = parts
    this.#parts = parts
    this.text = new SharedText(parts.updates)
    this.#adoption = new Adoption((update) => this.text.keep(update))
    this.text.onKnown = (update) => this.#adoption.noteStored(update)
    this.sync = new PageSync(key, this.text.doc, peers)
    this.sync.onForeign = (update) => this.#adoption.noteForeign(update)
    this.sync.onChange = () => this.onChange()
    this.presence = new RoomPresence(key, {
      glance: (bytes) => peers.glance(bytes),
      nextFrame: (tell) => void requestAnimationFrame(tell),
      nameOf: (peer) => parts.nameOf(peer),
    })
  }

  /** The shared document, for a `BoardPage`. */
  get doc(): Doc {
    return this.text.doc
  }

  entered(): void {
    this.presence.clear()
    this.sync.begin()
    for (const { peer } of this.#parts.peers.others) this.came(peer)
  }

  out(): void {
    this.presence.clear()
    this.sync.stop()
  }

  /** Somebody who comes is told what this window does; what it did before they came is not sent again otherwise. */
  came(peer: number): void {
    const whole = this.presence.whole()
    if (whole) this.#parts.peers.direct(peer, encodeDirect('glance', this.#parts.key, whole))
  }

  left(peer: number): void {
    this.presence.left(peer)
    this.sync.left(peer)
  }

  hear(peer: number, message: DirectMessage): void {
    if (message.kind === 'glance') this.presence.hear(peer, message.first)
    else this.sync.hear(peer, message)
  }

  /** Stores what is left, and ends. */
  async close(): Promise<void> {
    this.sync.close()
    this.#adoption.close()
    this.#parts.onClose()
    await this.text.close()
  }
}
