/** The log in plain words, and the way to take every command back. */
export { default as Journal } from './Journal.svelte'
export { default as LastCommandStrip } from './LastCommandStrip.svelte'
export { consequenceWords, sphereWords } from './words/choice-words.ts'
export { namesIn } from './words/names.ts'
export { UndoableRoom } from './undoable-room.svelte.ts'
