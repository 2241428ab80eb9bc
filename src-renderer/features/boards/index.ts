import { route } from '../../ui/router/route.ts'

/** Boards that everybody at a meeting draws on. */
export { default as OpenBoard } from './OpenBoard.svelte'
export const routes = [route('/boards/:id', () => import('./BoardPage.svelte'), { stage: true })]
