/** Boards drawn on together: what is drawn, who is there, and on which ways it goes. */
export { BoardRoom, type BoardRoomOptions, type RoomPhase } from './board-room.svelte.ts'
export type { RoomPage } from './room-page.ts'
