import type { BoardPresence, PersonHere } from '../board/index.ts'
import { RoomPresence } from '../room/room-presence.ts'

/** What others draw on a page right now, for an audience: strokes alone, of no name, and nothing goes back. */
export class ScreenPresence implements BoardPresence {
  readonly #heard: RoomPresence
  readonly #observers = new Set<() => void>()
  #shown: ReadonlyMap<string, PersonHere> = new Map()

  constructor(page: string) {
    this.#heard = new RoomPresence(page, { glance: () => undefined, nextFrame: () => undefined, nameOf: () => '' })
  }

  get others(): ReadonlyMap<string, PersonHere> {
    return this.#shown
  }

  publish(): void {
    // An audience does nothing.
  }

  observe(changed: () => void): () => void {
    this.#observers.add(changed)
    return () => this.#observers.delete(changed)
  }

  hear(peer: number, bytes: Uint8Array): void {
    this.#heard.hear(peer, bytes)
    this.#look()
  }

  left(peer: number): void {
    this.#heard.left(peer)
    this.#look()
  }

  #look(): void {
    this.#shown = new Map(
      [...this.#heard.others].map(([key, { name, colour, strokes }]) => [key, { name, colour, strokes }]),
    )
    for (const observer of this.#observers) observer()
  }
}
