import * as v from 'valibot'
import { boardModes, pageKey } from '../council/records/board.ts'
import { idOf, line } from '../oparl/record.ts'

/** A board that somebody opens. `POST /api/boards`, answered with the record; over a file with the one that is there. */
export const boardRequestSchema = v.strictObject({
  /** Chosen by the device, so that asking twice makes one. */
  id: idOf('board'),
  meeting: idOf('meeting'),
  agendaItem: v.optional(idOf('agenda-item')),
  name: line,
  /** The PDF over which it is opened, and which version of it. */
  file: v.optional(idOf('file')),
  sha512: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/, 'must be a SHA-512 in lower-case hexadecimal'))),
  firstPage: pageKey,
})
export type BoardRequest = v.InferOutput<typeof boardRequestSchema>

/** What somebody wants another on a board. `PATCH /api/boards/:id`, answered with the record. */
export const boardChangeSchema = v.strictObject({
  name: v.optional(line),
  mode: v.optional(v.picklist(boardModes)),
  presenter: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be an account')))),
  newPage: v.optional(pageKey),
})
