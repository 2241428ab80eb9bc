import { route, type Route } from '../../ui/router/route.ts'

/** The clerk's desk: everything that turns prepared meetings into published ones. */
export const routes: readonly Route[] = [
  route('/desk', () => import('./DeskPage.svelte')),
  route('/desk/meetings/:id', () => import('./MeetingDesk.svelte')),
]

export { default as PublicationBar } from './PublicationBar.svelte'
export { default as Versions } from './Versions.svelte'
export * from './desk-commands.ts'
export { sentenceFor } from './refusals.ts'
