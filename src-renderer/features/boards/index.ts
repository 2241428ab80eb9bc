import { route } from '../../ui/router/route.ts'

/** Boards that everybody at a meeting draws on. */
export { default as DrawTogether } from './DrawTogether.svelte'
export { placeIn, readingAddress, type MeetingPlace } from './meeting-place.ts'
export { default as BoardOnScreen } from './picture/BoardOnScreen.svelte'
export { default as BoardPreview } from './picture/BoardPreview.svelte'
export { default as OpenBoard } from './OpenBoard.svelte'
export const routes = [route('/boards/:id', () => import('./BoardPage.svelte'), { stage: true })]
