import * as Y from 'yjs'
import { BoardPage } from './board-page.ts'

/** A page as it is now, which stays so whatever others draw; whoever asks closes it. */
export function copyPage({ doc }: BoardPage): BoardPage {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return new BoardPage(copy)
}
