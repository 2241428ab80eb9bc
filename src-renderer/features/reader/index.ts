import { route, type Route } from '../../ui/router/route.ts'

export { default as FileView } from './FileView.svelte'
export { default as PdfSheet } from './PdfSheet.svelte'
export type { ReadingPlace } from './pdf-session.ts'
/** The reader: one file, fetched from this device or the hub. */
export const routes: readonly Route[] = [route('/read/:id', () => import('./ReaderPage.svelte'))]
