import { route } from '../../ui/router/route.ts'

/** Where captions of a transmitted meeting are written, by two people who take turns. */
export const routes = [route('/meetings/:id/captions', () => import('./CaptionsPage.svelte'), { stage: true })]
