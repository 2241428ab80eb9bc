import * as v from 'valibot'
import { oparlDefinitions, type OparlRecords, type RecordFault } from '../../oparl/index.ts'
import { failed, success, type Result } from '../../result.ts'
import { board, type Board } from './board.ts'
import { minutes, type Minutes } from './minutes.ts'
import { minutesSection, type MinutesSection } from './minutes-section.ts'
import { objection, type Objection } from './objection.ts'
import { passage, type Passage } from './passage.ts'
import { resolution, type Resolution } from './resolution.ts'

/**
 * Record types by name: OParl's, and those for which it has no objects: the boards of meetings, what remains of them,
 * and the passages that minutes are written with.
 */
export interface RecordOf extends OparlRecords {
  minutes: Minutes
  'minutes-section': MinutesSection
  objection: Objection
  resolution: Resolution
  board: Board
  passage: Passage
}
export type RecordType = keyof RecordOf
export type AnyRecord = RecordOf[RecordType]

export const definitions = {
  ...oparlDefinitions,
  minutes,
  'minutes-section': minutesSection,
  objection,
  resolution,
  board,
  passage,
} as const

export const recordTypes = Object.keys(definitions) as RecordType[]

export const isRecordType = (type: string | undefined): type is RecordType =>
  type !== undefined && Object.hasOwn(definitions, type)

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

export type { Board, Minutes, MinutesSection, Objection, Passage, Resolution }
