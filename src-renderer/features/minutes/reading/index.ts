/** Minutes as they will be read. */
export { default as MinutesReading } from './MinutesReading.svelte'
export { default as SavePdf } from './SavePdf.svelte'
