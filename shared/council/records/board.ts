import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from '../../oparl/record.ts'

/** Names a page within its board; a ulid, never used again. */
export const pageKey = v.pipe(v.string(), v.regex(/^[0-9A-Z]{26}$/, 'must be a ulid'))

/** Pages that a board may have. */
export const mostPages = 200

/** The key of the page that lies over a page of a file, from 1: every device knows it before anybody draws there. */
export const keyOverPage = (page: number): string => String(page).padStart(26, '0')

/** `read-only`: what is drawn stays as it is, but for whoever presents. */
export const boardModes = ['write', 'read-only'] as const

/**
 * A board that the people of a meeting draw on. OParl knows no such thing; it is kept and published like the records
 * that it knows. What is drawn lies in texts of its pages, see `boardRoom`.
 */
export const boardSchema = v.strictObject({
  ...envelope('board', 1),
  /** Never changes: where a board belongs decides who sees it. */
  meeting: idOf('meeting'),
  /** Never changes either. */
  agendaItem: v.optional(idOf('agenda-item')),
  /**
   * The PDF over whose pages it lies, see `keyOverPage`; never changes. It is for those alone who read that file, and
   * opens it to nobody.
   */
  file: v.optional(idOf('file')),
  /** The version of the file: another one has a board of its own. */
  sha512: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/))),
  name: line,
  /** Keys of the pages in their order; over a file the first alone, as its pages are known without them. */
  pages: v.pipe(v.array(pageKey), v.minLength(1), v.maxLength(mostPages)),
  mode: v.picklist(boardModes),
  /** The account that presents; absent when nobody does. */
  presenter: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be an account'))),
})
export type Board = v.InferOutput<typeof boardSchema>

export const board = defineRecord({
  type: 'board',
  version: 1,
  schema: boardSchema,
  references: { meeting: ['meeting'], agendaItem: ['agenda-item'], file: ['file'] },
  migrations: [],
})
