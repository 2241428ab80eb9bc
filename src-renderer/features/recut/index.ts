import { route } from '../../ui/router/route.ts'

/** Where a recording is corrected after its end: times that are cut out of it, and marks that are moved. */
export const routes = [route('/meetings/:id/recording', () => import('./RecutPage.svelte'))]
