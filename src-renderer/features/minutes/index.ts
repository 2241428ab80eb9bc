import { route, type Route } from '../../ui/router/route.ts'

/** The minutes of a meeting: their draft, how they will read, and what remains to be done. */
export const routes: readonly Route[] = [route('/meetings/:id/minutes', () => import('./MinutesPage.svelte'))]
