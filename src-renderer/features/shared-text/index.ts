/** Texts that several people write together, in an editor. */
export { default as SharedTextEditor } from './SharedTextEditor.svelte'
