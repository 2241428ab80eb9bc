import type { MinutesDocument } from '../../../shared/council/minutes.ts'
import {
  isRecordType,
  readRecord,
  type AnyRecord,
  type Minutes,
  type RecordOf,
  type RecordType,
} from '../../../shared/council/records/index.ts'
import { minutesId } from '../../../shared/council/records/minutes.ts'
import { resolutionId } from '../../../shared/council/records/resolution.ts'
import type { Meeting } from '../../../shared/oparl/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import type { AudienceStore } from '../../../shared/ports/document-store.ts'
import type { MeetingLog } from '../../../shared/rules/meeting/log.ts'
import { draftMinutes, type MinutesItem, type MinutesSource } from '../../../shared/rules/minutes/index.ts'
import { numberAgenda } from '../../../shared/rules/numbering.ts'
import { RecordGraph } from '../../../shared/rules/record-graph.ts'

/** Records of `office` with the revisions that they were read at, and the rules' view of them. */
export class OfficeRecords {
  readonly #office: AudienceStore
  readonly #revisions = new Map<string, string>()
  readonly graph = new RecordGraph()

  constructor(office: AudienceStore) {
    this.#office = office
  }

  /** Reads records into the graph; what there is not, or cannot be read, is left out. */
  async read(ids: readonly (string | undefined)[]): Promise<void> {
    const keys = [...new Set(ids.filter((id) => id !== undefined))].filter((id) => isRecordType(typeOfId(id)))
    if (keys.length === 0) return
    const { rows } = await this.#office.list({ keys, includeDocs: true })
    for (const { doc } of rows) {
      const { _rev: rev, ...fields } = doc ?? { _id: '' }
      const record = readRecord(fields)
      if (!record.ok || typeof rev !== 'string') continue
      this.#revisions.set(record.value._id, rev)
      this.graph.set(record.value)
    }
  }

  get<Type extends RecordType>(type: Type, id: string | undefined): RecordOf[Type] | undefined {
    const record = id === undefined ? undefined : this.graph.get(id)
    return record?.type === type && !record.deleted ? (record as RecordOf[Type]) : undefined
  }

  revisionOf(id: string): string | undefined {
    return this.#revisions.get(id)
  }
}

/** All that the hub knows of what remains of a meeting. */
export interface Matter {
  readonly records: OfficeRecords
  readonly meeting: Meeting
  readonly log: MeetingLog
  readonly source: MinutesSource
  /** As the log says them now; undefined before the meeting was opened, or where its law is not known. */
  readonly draft: MinutesDocument | undefined
  readonly minutes: Minutes | undefined
}

/** Reads what remains of a meeting; undefined when there is no such meeting, or nothing happened in it yet. */
export async function readMatter(
  office: AudienceStore,
  log: MeetingLog | undefined,
  { id, zone }: { readonly id: string; readonly zone: string },
): Promise<Matter | undefined> {
  const records = new OfficeRecords(office)
  await records.read([id, minutesId(id)])
  const meeting = records.get('meeting', id)
  if (!meeting || !log) return undefined
  const agenda = log.state.agenda.map(({ item }) => item)
  const resolutions = [...log.state.votes.keys()].map(resolutionId)
  await records.read([...agenda, ...resolutions, ...meeting.organization, meeting.term, meeting.location])
  const term = records.get('legislative-term', meeting.term)
  await records.read([term?.body])
  const source = sourceOf(records, meeting, log, zone)
  const minutes = records.get('minutes', minutesId(id))
  return { records, meeting, log, source, draft: draftMinutes(source), minutes }
}

function sourceOf(records: OfficeRecords, meeting: Meeting, log: MeetingLog, zone: string): MinutesSource {
  const term = records.get('legislative-term', meeting.term)
  const place = records.get('location', meeting.location)
  const organizations = meeting.organization.flatMap((id) => records.get('organization', id)?.name ?? [])
  const where = [place?.description, place?.room].filter((part) => part !== undefined).join(', ')
  return {
    ...{ state: log.state, events: log.events, locale: 'de', zone },
    meeting: { name: meeting.name, organization: organizations.join(', '), ...(where === '' ? {} : { place: where }) },
    body: records.get('body', term?.body)?.name ?? '',
    items: itemsOf(records, meeting, log),
    announced: new Set(
      [...log.state.votes.keys()].filter((vote) => records.get('resolution', resolutionId(vote))?.announced),
    ),
  }
}

function itemsOf(records: OfficeRecords, meeting: Meeting, log: MeetingLog): ReadonlyMap<string, MinutesItem> {
  const items = log.state.agenda.flatMap(({ item }) => records.get('agenda-item', item) ?? [])
  const numbers = numberAgenda(items)
  const isShown = meeting.public && meeting.publication.state === 'published'
  return new Map(
    items.map(({ _id, name, public: isPublic, publicTitle }) => [
      _id,
      {
        ...{ number: String(numbers.get(_id) ?? ''), name, shown: isShown && isPublic },
        ...(publicTitle === undefined ? {} : { publicTitle }),
      },
    ]),
  )
}

/** A record of the hub's as it is after a change at an instant. */
export const changed = <Kind extends AnyRecord>(record: Kind, at: string, fields: Partial<Kind>): Kind => ({
  ...record,
  ...fields,
  modified: at,
})
