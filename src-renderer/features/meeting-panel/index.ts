import { route, type Route } from '../../ui/router/route.ts'

/** A member's seat in a running meeting. */
export const routes: readonly Route[] = [
  route('/meetings/:id/room', () => import('./PanelPage.svelte')),
  route('/meetings/:id/arrive', () => import('./ArrivePage.svelte')),
]
