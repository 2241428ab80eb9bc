import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, line } from './record.ts'

export const fileSchema = v.strictObject({
  ...envelope('file', 1),
  term: v.optional(idOf('legislative-term')),
  name: line,
  fileName: v.pipe(line, v.regex(/^[^/\\]+$/, 'must not contain a folder')),
  mimeType: v.pipe(v.string(), v.regex(/^[\w.+-]+\/[\w.+-]+$/)),
  /** Bytes. */
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Lower-case hexadecimal digest of the bytes; names them in the blob store. */
  sha512: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/)),
  date: v.optional(day),
  /** Pages, where the format has pages. */
  pages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Names of those who made it together, where that is part of what it is; OParl has no field for it. */
  authors: v.optional(v.pipe(v.array(line), v.minLength(1))),
})
/** Metadata of a file; bytes live in the blob store. The DOM owns the short name. */
export type OparlFile = v.InferOutput<typeof fileSchema>

export const file = defineRecord({
  type: 'file',
  version: 1,
  schema: fileSchema,
  references: { term: ['legislative-term'] },
  migrations: [],
})
