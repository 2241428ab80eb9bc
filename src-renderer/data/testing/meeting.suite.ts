import type { Constitution } from '../../../shared/council/events/constitution.ts'
import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { StoredDocument } from '../../../shared/ports/document-store.ts'
import type { Town } from './journey.suite.ts'
import { committee, member } from './town.suite.ts'

export const meetingId = 'meeting:next'
export const organizationAudience = `org-${committee._id.split(':')[1]}` as const

/** A committee of one member, who may preside as well. */
export const constitution = (more: Partial<Constitution> = {}): Constitution => ({
  organizations: [committee._id],
  rules: 'de-rp-2024',
  statutoryNumber: 1,
  seats: [{ person: member._id, name: member.name, votes: true, elected: true }],
  factions: [],
  presidents: [member._id],
  agenda: [{ item: 'agenda-item:open', public: true, matter: 'ordinary' }],
  ...{ call: 'first', constituent: false, hybrid: true, recording: 'none' },
  ...more,
})

export const prepared = (more: Partial<Constitution> = {}): EventBody => ({
  kind: 'meeting-prepared',
  constitution: constitution(more),
})
export const note = (text: string): EventBody => ({ kind: 'note-added', text })
export const arrival: EventBody = { kind: 'person-arrived', person: member._id, mode: 'room', by: 'self' }

/** Events of the meeting as the hub has them, in the order of their ids. */
export async function eventsAtHub({ hub }: Town): Promise<(MeetingEvent & StoredDocument)[]> {
  const store = await hub.store.open(organizationAudience)
  const { rows } = await store.list({ startKey: 'event:', endKey: 'event;', includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [doc as unknown as MeetingEvent & StoredDocument] : []))
}
