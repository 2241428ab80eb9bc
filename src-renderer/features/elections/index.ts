export { default as ElectionPanel } from './ElectionPanel.svelte'
export { default as ElectionResult } from './ElectionResult.svelte'
export { runningElection } from './rounds/course.ts'
