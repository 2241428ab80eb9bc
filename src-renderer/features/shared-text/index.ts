/** Texts that several people write together, in an editor. */
export { default as SharedTextEditor } from './SharedTextEditor.svelte'
export { default as TextStanding } from './TextStanding.svelte'
