/** The public page on which a meeting is watched: no account, no cookie, nobody else's server. */
export { readAddress } from './address.ts'
export { default as WatchPage } from './WatchPage.svelte'
