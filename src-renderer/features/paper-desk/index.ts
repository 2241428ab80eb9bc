import { route, type Route } from '../../ui/router/route.ts'

/** Making and editing papers with their files. */
export const routes: readonly Route[] = [
  route('/desk/papers/new', () => import('./NewPaper.svelte')),
  route('/desk/papers/:id', () => import('./PaperDesk.svelte')),
]
