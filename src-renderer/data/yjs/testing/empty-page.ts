import * as Y from 'yjs'
import { BoardPage } from '../board/index.ts'

/** A page of a board on which nothing is, over a document that is brought to nobody. */
export const emptyPage = (): BoardPage => new BoardPage(new Y.Doc())
