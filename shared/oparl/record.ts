import * as v from 'valibot'

/** Crockford base 32 without I, L, O, U; 26 characters (ulid). Tests and imports may use shorter lower-case keys. */
const recordKey = '[0-9A-Za-z][0-9A-Za-z_-]{0,63}'

/** `<type>:<key>`, so that a range of ids is an index over a type. */
export const idOf = <Type extends string>(type: Type) =>
  v.pipe(v.string(), v.regex(new RegExp(`^${type}:${recordKey}$`), `must look like "${type}:<ulid>"`))

/** RFC 3339 date-time with a numeric offset or Z. */
export const instant = v.pipe(v.string(), v.isoTimestamp('must be a date-time such as "2026-05-04T17:00:00Z"'))
/** Calendar day, `yyyy-mm-dd`. */
export const day = v.pipe(v.string(), v.isoDate('must be a day such as "2026-05-04"'))
/** A text that somebody reads: never empty, at most 4,000 characters. */
export const line = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(4000, 'is too long'))

/**
 * Whether people outside the administration may see a record. `step` only rises: of two concurrent decisions the one
 * with the higher step holds, and of two with the same step the one that shows less.
 */
export const publicationSchema = v.strictObject({
  state: v.picklist(['draft', 'published', 'withdrawn']),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type Publication = v.InferOutput<typeof publicationSchema>
export const draft: Publication = { state: 'draft', step: 0 }

/** Values of one field that two people wrote at the same time; kept until a person picks one. */
export const versionsSchema = v.record(v.string(), v.array(v.unknown()))

/** What every record carries. `schema` is the version of the record's schema that wrote it. */
export const envelope = <Type extends string>(type: Type, version: number) => ({
  _id: idOf(type),
  _rev: v.optional(v.string()),
  type: v.literal(type),
  schema: v.literal(version),
  created: instant,
  modified: instant,
  deleted: v.optional(v.literal(true)),
  versions: v.optional(versionsSchema),
})

/** Lifts a record of schema version n to n + 1; index 0 lifts version 1. Pure: no clock, no chance. */
export type Migration = (record: Record<string, unknown>) => Record<string, unknown>

/** One record type: its schema, which fields name other records, and how older versions are read. */
export interface RecordDefinition<Type extends string, Schema extends v.GenericSchema> {
  readonly type: Type
  readonly version: number
  readonly schema: Schema
  /** Field name to the record types that it may name; a field holds one id or an array of ids. */
  readonly references: Readonly<Record<string, readonly string[]>>
  readonly migrations: readonly Migration[]
}

export const defineRecord = <Type extends string, Schema extends v.GenericSchema>(
  definition: RecordDefinition<Type, Schema>,
): RecordDefinition<Type, Schema> => definition

/** What is wrong with a record: the field (dotted path) and a sentence about it. */
export interface RecordFault {
  readonly field: string
  readonly message: string
}

/** The type part of an id, or undefined when the text is no id. */
export function typeOfId(id: string): string | undefined {
  const colon = id.indexOf(':')
  return colon > 0 ? id.slice(0, colon) : undefined
}

/** Ids that a record names in the given field, in order. */
export function referencesIn(record: Readonly<Record<string, unknown>>, field: string): string[] {
  const value = record[field]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}
