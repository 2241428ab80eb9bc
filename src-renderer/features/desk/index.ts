import { route, type Route } from '../../ui/router/route.ts'

/** The clerk's desk: what is to be prepared, and where a new town begins. */
export const routes: readonly Route[] = [route('/desk', () => import('./DeskPage.svelte'))]
