import { route, type Route } from '../../ui/router/route.ts'

export { default as MeetingEntry } from './MeetingEntry.svelte'
export const routes: readonly Route[] = [
  route('/meetings/:id/room', () => import('./PanelPage.svelte')),
  route('/meetings/:id/arrive', () => import('./ArrivePage.svelte')),
]
