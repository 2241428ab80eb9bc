export { default as Gate } from './Gate.svelte'
export { default as SessionMenu } from './SessionMenu.svelte'
