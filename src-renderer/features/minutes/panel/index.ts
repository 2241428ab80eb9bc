/** What the law demands of the minutes, what people changed, and until when. */
export { default as Completeness } from './Completeness.svelte'
export { default as DueDay } from './DueDay.svelte'
export { default as Entries } from './Entries.svelte'
export { changesIn } from './changes.ts'
export { default as Changes } from './Changes.svelte'
