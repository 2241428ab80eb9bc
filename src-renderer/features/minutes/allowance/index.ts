/** What members get for their attendance. */
export { default as AllowanceList } from './AllowanceList.svelte'
