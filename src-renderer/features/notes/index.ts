/** What a person writes for nobody else. */
export { default as NoteFold } from './NoteFold.svelte'
export { default as OwnNote } from './OwnNote.svelte'
