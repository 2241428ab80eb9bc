import { route } from '../../ui/router/route.ts'

export const routes = [route('/', () => import('./HomePage.svelte'))]
