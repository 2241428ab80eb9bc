/** Kiosk mode of a room's device: the window keeps it, and whoever knows the exit code leaves it. */
export { default as BrowserKiosk } from './BrowserKiosk.svelte'
export { default as KioskKeeper } from './KioskKeeper.svelte'
export { default as LeaveKiosk } from './LeaveKiosk.svelte'
export { Kiosk, provideKiosk, useKiosk } from './kiosk.svelte.ts'
