import { m } from '../../../shared/i18n/index.ts'
import { definitions, type AnyRecord, type RecordOf, type RecordType } from '../../../shared/council/records/index.ts'
import type { Meeting, Paper } from '../../../shared/oparl/index.ts'
import { draft, type Publication } from '../../../shared/oparl/record.ts'
import { success, type Result } from '../../../shared/result.ts'
import { judgeWrite, type Refusal } from '../../../shared/rules/access.ts'
import { principalOf } from '../../data/context.ts'
import type { Data } from '../../data/contract.ts'

export type Saved<Value> = Promise<Result<Value, Refusal>>

/** What a new record needs from its author; the envelope is made here. */
export type Fields<Type extends RecordType> = Omit<
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
  const record = {
    ...fields,
    _id: data.newId(type),
    type,
    schema: definitions[type].version,
    created: now,
    modified: now,
  }
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

type Entered<Type extends RecordType> = { [Field in keyof Fields<Type>]: Fields<Type>[Field] | undefined }

/** Changes the record, or makes one where there is none; absent fields are removed or left out. */
export function saveRecord<Type extends RecordType>(
  data: Data,
  type: Type,
  record: RecordOf[Type] | undefined,
  fields: Entered<Type>,
): Saved<RecordOf[Type]> {
  if (record) return changeRecord<RecordOf[Type]>(data, record, fields as Partial<RecordOf[Type]>)
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return createRecord(data, type, present as unknown as Fields<Type>)
}

/** Answers with the id of the town's own record. */
export type TownBody = () => Promise<Result<string, Refusal>>

/** One key on every device: two that begin a town at the same time make one record, not two. */
const ownBody = 'body:town'

/**
 * The record of the town itself, which terms, organizations and people belong to. A new town has none until the first
 * of them is saved.
 * @param known the one that is there already
 */
export async function townBody(data: Data, known: string | undefined): Promise<Result<string, Refusal>> {
  if (known !== undefined) return success(known)
  const now = new Date().toISOString()
  const outcome = await data.save({
    _id: ownBody,
    type: 'body',
    schema: definitions.body.version,
    created: now,
    modified: now,
    name: data.town?.name ?? m.common_app_name(),
  })
  return outcome.ok ? success(ownBody) : outcome
}

/** Text of a form as a field: trimmed, and absent when empty. */
export const entered = (text: string): string | undefined => text.trim() || undefined

/** The refusal of an outcome, if it is one. */
export const refusalOf = (outcome: { ok: true } | { ok: false; failure: Refusal }): Refusal | undefined =>
  outcome.ok ? undefined : outcome.failure

/** Whether whoever is signed in may change a record as it is; the hub judges by the same rule. */
export const mayChange = (data: Pick<Data, 'session'>, record: AnyRecord): boolean =>
  judgeWrite(principalOf(data), {
    audience: 'office',
    document: record,
    stored: record,
    liveLeaves: 1,
  }).allowed

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

type Unpublished<Type extends 'meeting' | 'paper'> = Omit<Entered<Type>, 'publication'>

export const createMeeting = (data: Data, fields: Unpublished<'meeting'>): Saved<Meeting> =>
  saveRecord(data, 'meeting', undefined, { ...fields, publication: draft })

export const createPaper = (data: Data, fields: Unpublished<'paper'>): Saved<Paper> =>
  saveRecord(data, 'paper', undefined, { ...fields, publication: draft })

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
