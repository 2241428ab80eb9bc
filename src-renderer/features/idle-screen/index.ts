/** The black screen of a room in which nobody is. */
export { default as IdleScreen } from './IdleScreen.svelte'
