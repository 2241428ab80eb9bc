/** The page of a board that a screen of the room shows. */
export { ScreenBoard, type ScreenHub, type ScreenPhase, type ShownPage } from './screen-board.svelte.ts'
