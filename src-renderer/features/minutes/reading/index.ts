/** Minutes as they are read, before and after they are signed. */
export { default as MinutesReading } from './MinutesReading.svelte'
export { default as SavePdf } from './SavePdf.svelte'
export { default as SignedMinutes } from './SignedMinutes.svelte'
