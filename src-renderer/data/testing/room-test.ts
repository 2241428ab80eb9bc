import type { RoomNews } from '../contract.ts'

/** What a window sends, as the test hears it; bytes as base 64. */
export interface SentFrame {
  readonly kind: 'update' | 'glance' | 'direct'
  readonly body: string
  readonly peers: readonly number[]
}
/** News for a window, as the test tells them. */
export type ToldNews =
  Exclude<RoomNews, { kind: 'frame' }> | (Omit<RoomNews & { kind: 'frame' }, 'body'> & { body: string })

/** A window at a board; what it draws is kept nowhere, so that others have it from the room alone. */
export interface RoomTestPage {
  open(board: string, page: string): void
  hear(news: ToldNews): void
  draw(id: string, bytes: number): void
  erase(id: string): void
  /** Tells the others of a stroke under the pen. */
  sketch(points: number): void
  /** Points of strokes that others draw right now, by their names. */
  glimpsed(): Record<string, number>
  state(): {
    ids: string[]
    bytes: number
    phase: string
    direct: number
    projectors: readonly string[]
    people: number
    isComplete: boolean
  }
  /** Messages with something drawn in them that this window sent over links: how often each was sent. */
  sentOverLinks(): number[]
  close(): Promise<void>
}
