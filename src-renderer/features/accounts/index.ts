import { route, type Route } from '../../ui/router/route.ts'

/** Who may sign in, with which roles, from which devices. */
export { default as DevicesCard } from './DevicesCard.svelte'
export { default as FromHub } from './FromHub.svelte'
export { default as Invitation } from './Invitation.svelte'
export { describeFailure, describeRoles } from './words.ts'
export const routes: readonly Route[] = [
  route('/accounts', () => import('./AccountsPage.svelte')),
  route('/accounts/:id', () => import('./AccountPage.svelte')),
]
export { default as EndableRows } from './EndableRows.svelte'
