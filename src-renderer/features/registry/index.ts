import { route, type Route } from '../../ui/router/route.ts'

/** People, bodies, legislative terms and places: what meetings are made of. */
export const routes: readonly Route[] = [route('/desk/people', () => import('./RegistryPage.svelte'))]
