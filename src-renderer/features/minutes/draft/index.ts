/** The draft, in which people write between and over what the log says. */
export { default as Draft } from './Draft.svelte'
