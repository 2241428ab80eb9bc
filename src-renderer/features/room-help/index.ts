/** What whoever administers a room's device asks of it: the device does it, and says so. */
export { default as HelpKeeper } from './HelpKeeper.svelte'
export { default as HelpNotice } from './HelpNotice.svelte'
