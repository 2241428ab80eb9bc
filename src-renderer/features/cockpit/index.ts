import { route } from '../../ui/router/route.ts'

/** The chair's one screen: what is on, who speaks, what comes next. */
export const routes = [route('/meetings/:id/cockpit', () => import('./CockpitPage.svelte'), { stage: true })]
