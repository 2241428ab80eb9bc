import { route, type Route } from '../../ui/router/route.ts'

/** The minutes of a meeting, what became of all resolutions, and what can be counted of a body's meetings. */
export const routes: readonly Route[] = [
  route('/meetings/:id/minutes', () => import('./MinutesPage.svelte')),
  route('/desk/resolutions', () => import('./resolutions/ResolutionsPage.svelte')),
  route('/desk/statistics', () => import('./statistics/StatisticsPage.svelte')),
]
