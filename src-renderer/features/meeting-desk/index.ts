import { route, type Route } from '../../ui/router/route.ts'

/** One meeting in preparation: its agenda, files, preview and publication. */
export const routes: readonly Route[] = [route('/desk/meetings/:id', () => import('./MeetingDesk.svelte'))]

export { default as MeetingForm } from './MeetingForm.svelte'
