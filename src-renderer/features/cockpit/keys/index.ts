/** What a single key does. */
export { commandOf } from './command-of.ts'
export type { KeyCommand } from './key-map.ts'
export { default as KeysDialog } from './KeysDialog.svelte'
