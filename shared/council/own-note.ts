import * as v from 'valibot'
import { failed, success, type Result } from '../result.ts'

const sealed = v.pipe(v.string(), v.base64())
const ulid = '[0-9A-HJKMNP-TV-Z]{26}'
const idFor = (type: string) => v.pipe(v.string(), v.regex(new RegExp(`^${type}:${ulid}$`)))
const envelope = <Type extends string>(type: Type) => ({
  _id: idFor(type),
  type: v.literal(type),
  schema: v.literal(1),
})

/** A key that seals notes, itself sealed under a key that only the person's password makes. */
export const notebookSchema = v.object({ ...envelope('notebook'), key: sealed })
export type Notebook = v.InferOutput<typeof notebookSchema>

/** A note as `user-*` holds it: not even what it is about can be read without the notebook's key. */
export const sealedNoteSchema = v.object({ ...envelope('note'), notebook: idFor('notebook'), content: sealed })
export type SealedNote = v.InferOutput<typeof sealedNoteSchema>

/** What a sealed note holds. */
export const noteContentSchema = v.strictObject({ about: v.string(), text: v.string() })
export type NoteContent = v.InferOutput<typeof noteContentSchema>

/** Characters that a note may have: sealed, it stays far below what a hub takes in one document. */
export const longestNote = 50_000

/** The document of a schema; a failure for what a newer app or somebody else wrote. */
export function readAs<Schema extends v.GenericSchema>(
  schema: Schema,
  document: unknown,
): Result<v.InferOutput<Schema>, 'unreadable'> {
  const outcome = v.safeParse(schema, document)
  return outcome.success ? success(outcome.output) : failed('unreadable')
}

const divider = '\n\n— — —\n\n'

/**
 * One text of what was written at the same time on several devices: nothing is lost, and what another text holds as a
 * whole is not repeated.
 */
export function joinTexts(texts: readonly string[]): string {
  const kept = texts.filter(
    (text, place) =>
      text.trim() !== '' &&
      !texts.some((other, otherPlace) =>
        otherPlace < place ? other.includes(text) : other !== text && other.includes(text),
      ),
  )
  return kept.length > 0 ? kept.join(divider) : (texts[0] ?? '')
}
