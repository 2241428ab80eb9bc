/** What a body decided, and what becomes of it. */
export { default as ResolutionList } from './ResolutionList.svelte'
