import { minutesId } from '../../../shared/council/records/minutes.ts'
import { readRecord } from '../../../shared/council/records/index.ts'
import type { Meeting } from '../../../shared/oparl/index.ts'
import type { AudienceStore } from '../../../shared/ports/document-store.ts'

/** For when other meetings of the bodies that met, which are over, had been called: each of them has minutes. */
export async function overSince(office: AudienceStore, meeting: Meeting): Promise<string[]> {
  const { rows } = await office.list({ startKey: 'meeting:', endKey: 'meeting;', includeDocs: true })
  const others = rows.flatMap(({ doc }) => {
    const { _rev: _, ...fields } = doc ?? { _id: '' }
    const record = readRecord(fields)
    return record.ok && record.value.type === 'meeting' && record.value._id !== meeting._id ? [record.value] : []
  })
  const later = others.filter(
    ({ start, organization }) =>
      Date.parse(start) > Date.parse(meeting.start) && organization.some((id) => meeting.organization.includes(id)),
  )
  if (later.length === 0) return []
  const minutes = await office.list({ keys: later.map(({ _id }) => minutesId(_id)), includeDocs: true })
  const over = new Set(minutes.rows.flatMap(({ id, doc }) => (doc && !doc._deleted ? [id] : [])))
  return later.filter(({ _id }) => over.has(minutesId(_id))).map(({ start }) => start)
}
