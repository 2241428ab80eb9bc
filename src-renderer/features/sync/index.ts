export { default as SyncIndicator } from './SyncIndicator.svelte'
