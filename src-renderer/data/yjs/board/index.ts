/** Pages of boards: one document each, with undo per person, and who is on it. */
export { BoardPage, type PageChange } from './board-page.ts'
export { copyPage } from './copy-page.ts'
export { nobodyElse, type BoardPresence, type BoardView, type LiveStroke, type PersonHere } from './board-presence.ts'
export type { ElementChange } from './element-map.ts'
export { followPage, readPage } from './read-page.ts'
