import * as Y from 'yjs'
import type { TextUpdates } from '../../contract.ts'
import { integrate } from '../integrate.ts'
import { BoardPage } from './board-page.ts'

/** A page as this device knows it now, without being at it; whoever asks closes it. */
export async function readPage(updates: Pick<TextUpdates, 'follow'>): Promise<BoardPage> {
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
  await heard.promise
  stop()
  return new BoardPage(doc)
}
