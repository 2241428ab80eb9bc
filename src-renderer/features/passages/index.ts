import { route, type Route } from '../../ui/router/route.ts'

/** The town's own words for minutes: the page where they are kept, and the menu of whoever writes minutes. */
export const routes: readonly Route[] = [route('/desk/passages', () => import('./PassagesPage.svelte'))]
export { default as PassageMenu } from './PassageMenu.svelte'
export { PassageShelf } from './passage-shelf.svelte.ts'
