import { route } from '../../ui/router/route.ts'

export { placeOf } from './places.ts'
export { default as SearchPalette } from './SearchPalette.svelte'
export const routes = [route('/search', () => import('./SearchPage.svelte'))]
