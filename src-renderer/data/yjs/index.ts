export { MinutesText } from './minutes/minutes-text.svelte.ts'
export { SharedText } from './shared-text.svelte.ts'
