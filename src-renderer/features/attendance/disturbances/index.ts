export { default as DisturbanceDialog } from './DisturbanceDialog.svelte'
export { default as OpenDisturbances } from './OpenDisturbances.svelte'
