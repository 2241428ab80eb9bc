/** What a second display of the room shows, from what is public alone: no page of it knows who is signed in. */
export { default as PublicScreen } from './PublicScreen.svelte'
export { addressOfScreen, readScreenAddress, type ScreenAddress } from './address.ts'
