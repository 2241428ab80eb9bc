import { route } from '../../ui/router/route.ts'

/** Where a meeting is transmitted from: cameras, sound, scenes, the gate and what of it reaches the public. */
export const routes = [route('/meetings/:id/broadcast', () => import('./BroadcastPage.svelte'), { stage: true })]
