export { default as Difference } from './Difference.svelte'
export { default as MotionPanel } from './MotionPanel.svelte'
