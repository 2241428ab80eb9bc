import { route } from '../../ui/router/route.ts'

/** Screens of the room: the window of one, and the dialog that says what they show. */
export { default as ProjectorDialog } from './ProjectorDialog.svelte'
export { default as ScreenFrame } from './ScreenFrame.svelte'
export const routes = [
  route('/meetings/:id/projector/:number', () => import('./ProjectorPage.svelte'), { stage: true }),
]
