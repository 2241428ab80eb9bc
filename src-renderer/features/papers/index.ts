import { route } from '../../ui/router/route.ts'

export { default as ClosedBadge } from './ClosedBadge.svelte'
export { default as FileRow } from './FileRow.svelte'
export { default as PaperDetails } from './PaperDetails.svelte'
export { PaperRecords } from './paper-records.svelte.ts'
export type { ChainStep } from './chain.ts'
export { default as PaperRow } from './PaperRow.svelte'
export const routes = [
  route('/papers', () => import('./PapersPage.svelte')),
  route('/papers/:id', () => import('./PaperPage.svelte')),
]
