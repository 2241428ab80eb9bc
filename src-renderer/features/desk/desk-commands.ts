import {
  definitions,
  type AgendaItem,
  type AnyRecord,
  type Consultation,
  type Meeting,
  type OparlFile,
  type Paper,
  type RecordOf,
  type RecordType,
} from '../../../shared/oparl/index.ts'
import { draft, type Publication } from '../../../shared/oparl/record.ts'
import { failed, success, type Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { Data, FileFailure } from '../../data/contract.ts'
import { orderAtEnd, orderMoved } from './agenda-order.ts'

export type Saved<Value> = Promise<Result<Value, Refusal>>

/** What a new record needs from its author; the envelope is made here. */
type Fields<Type extends RecordType> = Omit<
  RecordOf[Type],
  '_id' | '_rev' | 'type' | 'schema' | 'created' | 'modified' | 'versions' | 'deleted'
>

/** Makes and saves a record; the data worker stamps `modified`. */
export async function createRecord<Type extends RecordType>(
  data: Data,
  type: Type,
  fields: Fields<Type>,
): Saved<RecordOf[Type]> {
  const now = new Date().toISOString()
  const record = { ...fields, _id: data.newId(type), type, schema: definitions[type].version, created: now, modified: now }
  return (await data.save(record as unknown as AnyRecord)) as Result<RecordOf[Type], Refusal>
}

/** Saves changed fields of a record; an `undefined` value removes the field. */
export async function changeRecord<Changed extends AnyRecord>(
  data: Data,
  record: Changed,
  change: { [Field in keyof Changed]?: Changed[Field] | undefined },
): Saved<Changed> {
  const changed = Object.fromEntries(
    Object.entries({ ...record, ...change }).filter(([, value]) => value !== undefined),
  )
  return (await data.save(changed as unknown as AnyRecord)) as Result<Changed, Refusal>
}

/** Removes a record from every view. It stays as a state, so that devices and open data learn of it. */
export const removeRecord = <Removed extends AnyRecord>(data: Data, record: Removed): Saved<Removed> =>
  changeRecord(data, record, { deleted: true } as { [Field in keyof Removed]?: Removed[Field] })

const decide = (
  record: { publication: Publication },
  state: 'published' | 'withdrawn',
): { publication: Publication } => ({
  publication: { state, step: record.publication.step + 1 },
})

/** Shows a meeting with its agenda, or a paper, to those who may see it. From then on changes show at once. */
export const publish = <Shown extends Meeting | Paper>(data: Data, record: Shown): Saved<Shown> =>
  changeRecord(data, record, decide(record, 'published') as { [Field in keyof Shown]?: Shown[Field] })

/** Takes a meeting or paper back: the hub removes it from every audience but the administration. */
export const takeBack = <Shown extends Meeting | Paper>(data: Data, record: Shown): Saved<Shown> =>
  changeRecord(data, record, decide(record, 'withdrawn') as { [Field in keyof Shown]?: Shown[Field] })

export const createMeeting = (data: Data, fields: Omit<Fields<'meeting'>, 'publication'>): Saved<Meeting> =>
  createRecord(data, 'meeting', { ...fields, publication: draft })

export const createPaper = (data: Data, fields: Omit<Fields<'paper'>, 'publication'>): Saved<Paper> =>
  createRecord(data, 'paper', { ...fields, publication: draft })

/** Adds an item behind the others of its part. */
export const addAgendaItem = (
  data: Data,
  meeting: Meeting,
  items: readonly AgendaItem[],
  fields: Pick<AgendaItem, 'name' | 'public' | 'closedReason' | 'publicTitle'>,
): Saved<AgendaItem> =>
  createRecord(data, 'agenda-item', { ...fields, meeting: meeting._id, term: meeting.term, order: orderAtEnd(items) })

/** Moves an item one place up (-1) or down (1) within its part; undefined when it stands at that end already. */
export function moveAgendaItem(
  data: Data,
  items: readonly AgendaItem[],
  item: AgendaItem,
  by: -1 | 1,
): Saved<AgendaItem> | undefined {
  const order = orderMoved(items, item._id, by)
  return order === undefined ? undefined : changeRecord(data, item, { order })
}

/** Puts a paper on the agenda: a consultation of the meeting's organizations under the item. */
export async function putPaperOnAgenda(
  data: Data,
  meeting: Meeting,
  item: AgendaItem,
  paper: Paper,
  authoritative: boolean,
): Saved<Consultation> {
  const made = await createRecord(data, 'consultation', {
    paper: paper._id,
    term: meeting.term,
    meeting: meeting._id,
    agendaItem: item._id,
    organization: [...meeting.organization],
    authoritative,
  })
  if (!made.ok) return made
  const linked = await changeRecord(data, item, { consultation: made.value._id })
  return linked.ok ? made : linked
}

/** Takes a paper off the agenda; the paper itself stays. */
export async function takePaperOffAgenda(data: Data, item: AgendaItem, consultation: Consultation): Saved<AgendaItem> {
  const removed = await removeRecord(data, consultation)
  if (!removed.ok) return removed
  return item.consultation === consultation._id ? changeRecord(data, item, { consultation: undefined }) : success(item)
}

/** Uploads a document and makes it the paper's main file, or an annex when it has one. */
export async function addPaperFile(
  data: Data,
  paper: Paper,
  bytes: File,
  name: string,
): Promise<Result<OparlFile, FileFailure | Refusal>> {
  const file = await data.addFile(bytes, name, paper.term)
  if (!file.ok) return file
  const named = paper.mainFile
    ? await changeRecord(data, paper, {
        auxiliaryFile: [...(paper.auxiliaryFile ?? []), file.value._id],
      })
    : await changeRecord(data, paper, { mainFile: file.value._id })
  return named.ok ? file : failed(named.failure)
}

/** Takes a file off a paper; without its main file the first annex becomes it. */
export function removePaperFile(data: Data, paper: Paper, fileId: string): Saved<Paper> {
  const files = paper.mainFile ? [paper.mainFile, ...(paper.auxiliaryFile ?? [])] : (paper.auxiliaryFile ?? [])
  const remaining = files.filter((id) => id !== fileId)
  const [mainFile, ...auxiliaryFile] = remaining
  return changeRecord(data, paper, { mainFile, auxiliaryFile: auxiliaryFile.length > 0 ? auxiliaryFile : undefined })
}

/** Settles a field of which two people wrote different versions at the same time. */
export function pickVersion<Settled extends AnyRecord>(
  data: Data,
  record: Settled,
  field: string,
  value: unknown,
): Saved<Settled> {
  const open = Object.entries(record.versions ?? {}).filter(([name]) => name !== field)
  const versions = open.length > 0 ? Object.fromEntries(open) : undefined
  return changeRecord(data, record, { [field]: value, versions } as {
    [Field in keyof Settled]?: Settled[Field] | undefined
  })
}
