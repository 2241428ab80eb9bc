import * as v from 'valibot'
import type { RecordFault } from '../oparl/index.ts'
import { failed, success, type Result } from '../result.ts'

/** What a text belongs to: the minutes of a meeting, or a page of a board. */
export type TextRoom = `minutes:${string}` | BoardRoom
/** `board:<key of the board>.<key of the page>` */
export type BoardRoom = `board:${string}.${string}`

const key = '[0-9A-Za-z][0-9A-Za-z_-]{0,63}'
const updatePattern = new RegExp(`^y:(minutes:${key}|board:${key}[.][0-9A-Z]{26}):([0-9A-Z]{26}):([0-9]{8})$`)
const boardPattern = /^(board:[^.]+)[.](.+)$/

/** Base 64 of one update: far more than a long text pasted at once, and below what a hub takes in one document. */
export const longestUpdate = 4_000_000

/**
 * A text that several people write is the sum of Yjs updates, one document each, in whatever order and however often
 * they arrive. None is ever changed; the hub alone puts one in place of many.
 */
export const textUpdateSchema = v.strictObject({
  _id: v.pipe(v.string(), v.regex(updatePattern, 'must look like "y:<room>:<client>:<clock>"')),
  _rev: v.optional(v.string()),
  type: v.literal('y'),
  schema: v.literal(1),
  /** Account of who wrote it; `hub` for what the hub folded. */
  author: v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/)),
  update: v.pipe(v.string(), v.minLength(1), v.maxLength(longestUpdate, 'is too long'), v.base64()),
})
export type TextUpdate = v.InferOutput<typeof textUpdateSchema>

export interface TextUpdateId {
  readonly room: TextRoom
  /** Whoever wrote without a break: a window from its opening on, or the hub when it folds. A ulid, never used again. */
  readonly client: string
  /** Counts the client's updates from 0. */
  readonly clock: number
}

/** The room of a meeting's minutes. */
export const minutesRoom = (meeting: string): TextRoom => `minutes:${meeting.slice(meeting.indexOf(':') + 1)}`

/** The room of one page of a board. */
export const boardRoom = (board: string, page: string): BoardRoom => `${board as `board:${string}`}.${page}`

/** The board and the page that a room is of; undefined for any other room. */
export function boardOfRoom(room: TextRoom): { readonly board: `board:${string}`; readonly page: string } | undefined {
  const [, board, page] = boardPattern.exec(room) ?? []
  return board && page ? { board: board as `board:${string}`, page } : undefined
}

/** Whether an id claims to be one of an update. */
export const isTextUpdate = (id: string): boolean => id.startsWith('y:')

/** The id of an update: those of one client sort as they were written. */
export const textUpdateId = ({ room, client, clock }: TextUpdateId): string =>
  `y:${room}:${client}:${String(clock).padStart(8, '0')}`

/** Reads the id of an update; undefined when the text is none. */
export function parseTextUpdateId(id: string): TextUpdateId | undefined {
  const [, room, client, clock] = updatePattern.exec(id) ?? []
  if (!room || !client || !clock) return undefined
  return { room: room as TextRoom, client, clock: Number(clock) }
}

/** First and last id that an update of the room can have. */
export const textUpdateRange = (room: TextRoom): { startKey: string; endKey: string } => ({
  startKey: `y:${room}:`,
  endKey: `y:${room};`,
})

/** First and last id that an update of any page of a board can have. */
export const boardUpdateRange = (board: string): { startKey: string; endKey: string } => ({
  startKey: `y:${board}.`,
  endKey: `y:${board}/`,
})

/** Reads an update document; fails with every fault found, never throws on bad input. */
export function readTextUpdate(document: unknown): Result<TextUpdate, RecordFault[]> {
  const outcome = v.safeParse(textUpdateSchema, document)
  if (outcome.success) return success(outcome.output)
  return failed(outcome.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: issue.message })))
}
