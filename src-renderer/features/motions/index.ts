export { default as MotionPanel } from './MotionPanel.svelte'
export { default as WriteMotion } from './WriteMotion.svelte'
