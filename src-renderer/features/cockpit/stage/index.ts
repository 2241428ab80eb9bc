/** What is on now: the item, who speaks, and what lies below. */
export { default as Stage } from './Stage.svelte'
export type { StageTab } from './stage-tab.ts'
