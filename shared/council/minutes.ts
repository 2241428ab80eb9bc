import * as v from 'valibot'
import { line } from '../oparl/record.ts'

/** A run of words, set apart from its neighbours by weight alone. */
const run = v.strictObject({ text: v.string(), strong: v.optional(v.literal(true)) })
export type TextRun = v.InferOutput<typeof run>

const runs = v.array(run)

/**
 * What in the log a block was made from, such as `vote:<ulid>/result` or `attendance`; it stays the same while the log
 * goes on. A block without it was written by a person.
 */
const source = v.optional(line)

/**
 * What minutes are made of; the same for the draft on screen, the page on the site and the PDF. `resolution` is the
 * wording of what was put to a vote, apart from what is said about it.
 */
export const blockSchema = v.variant('block', [
  v.strictObject({ block: v.literal('paragraph'), source, runs }),
  v.strictObject({ block: v.literal('resolution'), source, runs }),
  v.strictObject({ block: v.literal('heading'), source, text: line }),
  v.strictObject({ block: v.literal('list'), source, ordered: v.boolean(), items: v.array(runs) }),
  v.strictObject({
    block: v.literal('table'),
    source,
    caption: line,
    /** As many as each row has cells; the first cell of a row is its header. */
    header: v.array(line),
    rows: v.array(v.array(v.string())),
  }),
])
export type Block = v.InferOutput<typeof blockSchema>

/** What belongs together under one heading: the opening, an item, the close. */
export const sectionSchema = v.strictObject({
  /** What it is about and stays so: `opening`, `item:<ulid>`, `item:<ulid>:closed`, `close`. */
  key: line,
  /** Whether everybody may read it. The log decides, never the text. */
  public: v.boolean(),
  heading: line,
  blocks: v.array(blockSchema),
})
export type Section = v.InferOutput<typeof sectionSchema>

/** What is said of the meeting before its course. */
export const minutesFacts = ['body', 'day', 'place', 'begin', 'pauses', 'end', 'chair', 'clerk'] as const
/** Whose signatures the law asks for. */
export const signatories = ['chair', 'clerk'] as const

/** Minutes as they are read: complete in themselves, whatever is edited elsewhere afterwards. */
export const minutesDocumentSchema = v.strictObject({
  /** BCP 47, such as `de`. */
  language: line,
  title: line,
  /** Name of the town. */
  body: line,
  /** Day, time, place, chair and the like, each with its label. */
  facts: v.array(v.strictObject({ key: v.optional(v.picklist(minutesFacts)), label: line, value: line })),
  sections: v.array(sectionSchema),
  /** Under the text: who signs, in which capacity, and when they did. */
  signatures: v.array(
    v.strictObject({ by: v.optional(v.picklist(signatories)), capacity: line, name: line, signed: v.optional(line) }),
  ),
})
export type MinutesDocument = v.InferOutput<typeof minutesDocumentSchema>
