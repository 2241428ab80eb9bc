export { default as MotionPanel } from './MotionPanel.svelte'
