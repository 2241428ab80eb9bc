import { route, type Route } from '../../ui/router/route.ts'

/** What every screen of a running meeting shares, and the page on which its constitution is frozen. */
export { MeetingRoom } from './meeting-room.svelte.ts'
export const routes: readonly Route[] = [route('/meetings/:id/prepare', () => import('./PreparePage.svelte'))]
