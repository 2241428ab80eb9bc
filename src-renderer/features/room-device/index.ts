import { route, type Route } from '../../ui/router/route.ts'

/** Boards that belong to rooms: their start screen, and who lets them in or signs in there. */
export { default as ConfirmCard } from './ConfirmCard.svelte'
export { default as LentSession } from './LentSession.svelte'
export { default as PairPage } from './PairPage.svelte'
export { default as RoomStart } from './RoomStart.svelte'
export { pairPath } from './paths.ts'
export const routes: readonly Route[] = [
  route('/room-devices', () => import('./desk/RoomDevicesPage.svelte')),
  route('/confirm', () => import('./ConfirmPage.svelte')),
]
