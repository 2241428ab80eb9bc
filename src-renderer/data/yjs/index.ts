export { SharedText } from './shared-text.svelte.ts'
