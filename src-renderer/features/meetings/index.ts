import { route } from '../../ui/router/route.ts'

export type { AgendaLine } from './agenda.ts'
export { MeetingRecords } from './meeting-records.svelte.ts'
export { default as MeetingRow } from './MeetingRow.svelte'
export { default as PacketState } from './PacketState.svelte'
export { describePlace } from './place.ts'
export const routes = [
  route('/meetings/:id', () => import('./MeetingPage.svelte')),
  route('/agenda-items/:id', () => import('./AgendaItemPage.svelte')),
]
