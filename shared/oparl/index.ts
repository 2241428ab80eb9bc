import * as v from 'valibot'
import { failed, success, type Result } from '../result.ts'
import { agendaItem, type AgendaItem } from './agenda-item.ts'
import { board, type Board } from './board.ts'
import { body, type Body } from './body.ts'
import { consultation, type Consultation } from './consultation.ts'
import { file, type OparlFile } from './file.ts'
import { legislativeTerm, type LegislativeTerm } from './legislative-term.ts'
import { location, type OparlLocation } from './location.ts'
import { meeting, type Meeting } from './meeting.ts'
import { membership, type Membership } from './membership.ts'
import { organization, type Organization } from './organization.ts'
import { paper, type Paper } from './paper.ts'
import { person, type Person } from './person.ts'

/**
 * Record types by name: those of OParl, but for System, which describes a hub and is no stored record, and the boards of
 * meetings, of which OParl knows nothing.
 */
export interface RecordOf {
  body: Body
  'legislative-term': LegislativeTerm
  organization: Organization
  person: Person
  membership: Membership
  meeting: Meeting
  'agenda-item': AgendaItem
  paper: Paper
  consultation: Consultation
  file: OparlFile
  location: OparlLocation
  board: Board
}
export type RecordType = keyof RecordOf
export type AnyRecord = RecordOf[RecordType]
/** Those that OParl knows. */
export type OparlType = Exclude<RecordType, 'board'>
export type OparlRecord = RecordOf[OparlType]

export const definitions = {
  body,
  'legislative-term': legislativeTerm,
  organization,
  person,
  membership,
  meeting,
  'agenda-item': agendaItem,
  paper,
  consultation,
  file,
  location,
  board,
} as const

export const recordTypes = Object.keys(definitions) as RecordType[]

export const isRecordType = (type: string | undefined): type is RecordType =>
  type !== undefined && Object.hasOwn(definitions, type)

export const isOparlType = (type: string | undefined): type is OparlType => isRecordType(type) && type !== 'board'

/** What is wrong with a record: the field (dotted path) and a sentence about it. */
export interface RecordFault {
  readonly field: string
  readonly message: string
}

/**
 * Reads a record of any known schema version: lifts it to the newest version, then checks it.
 * Fails with every fault found; never throws on bad input.
 */
export function readRecord(input: unknown): Result<AnyRecord, RecordFault[]> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return failed([{ field: '', message: 'must be an object' }])
  let record = input as Record<string, unknown>
  const type = record['type']
  if (typeof type !== 'string' || !isRecordType(type))
    return failed([{ field: 'type', message: `must be one of ${recordTypes.join(', ')}` }])
  const definition = definitions[type]
  const written = record['schema']
  if (typeof written === 'number' && written >= 1 && written < definition.version)
    for (const lift of definition.migrations.slice(written - 1)) record = lift(record)
  const outcome = v.safeParse(definition.schema, record)
  if (outcome.success) return success(outcome.output)
  return failed(outcome.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: `${issue.message}` })))
}

export type {
  AgendaItem,
  Board,
  Body,
  Consultation,
  LegislativeTerm,
  Meeting,
  Membership,
  OparlFile,
  OparlLocation,
  Organization,
  Paper,
  Person,
}
