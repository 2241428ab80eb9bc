/** Sentences that stand in most minutes. */
export type { PassageInputs } from './passages.ts'
export { default as PassageMenu } from './PassageMenu.svelte'
