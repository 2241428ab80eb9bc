import { route } from '../../ui/router/route.ts'

export const routes = [route('/calendar', () => import('./CalendarPage.svelte'))]
