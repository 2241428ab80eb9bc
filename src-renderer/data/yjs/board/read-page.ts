import * as Y from 'yjs'
import type { TextUpdates } from '../../contract.ts'
import { integrate } from '../integrate.ts'
import { BoardPage } from './board-page.ts'

/** A page as this device knows it. */
export interface KnownPage {
  readonly page: BoardPage
  /** Settles when everything that is on this device was read. */
  readonly read: Promise<void>
  /** What comes later is not applied any more; the page itself stays. */
  readonly stop: () => void
}

/** Follows a page as this device knows it, without being at it; whoever asks closes the page. */
export function followPage(updates: Pick<TextUpdates, 'follow'>): KnownPage {
  const doc = new Y.Doc()
  const heard = Promise.withResolvers<void>()
  const stop = updates.follow(({ state, changed }) => {
    for (const { update } of changed)
      try {
        integrate(doc, update, heard)
      } catch {
        // What is no update is told where the page itself is shown.
      }
    if (state !== 'loading') heard.resolve()
  })
  return { page: new BoardPage(doc), read: heard.promise, stop }
}

/** A page as this device knows it now, without being at it; whoever asks closes it. */
export async function readPage(updates: Pick<TextUpdates, 'follow'>): Promise<BoardPage> {
  const { page, read, stop } = followPage(updates)
  await read
  stop()
  return page
}
