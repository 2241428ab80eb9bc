import * as v from 'valibot'
import { line } from '../oparl/record.ts'

/** A run of words, set apart from its neighbours by weight alone. */
const run = v.strictObject({ text: v.string(), strong: v.optional(v.literal(true)) })
export type TextRun = v.InferOutput<typeof run>

const runs = v.array(run)

/**
 * What minutes are made of; the same for the draft on screen, the page on the site and the PDF. `resolution` is the
 * wording of what was put to a vote, apart from what is said about it.
 */
export const blockSchema = v.variant('block', [
  v.strictObject({ block: v.literal('paragraph'), runs }),
  v.strictObject({ block: v.literal('resolution'), runs }),
  v.strictObject({ block: v.literal('heading'), text: line }),
  v.strictObject({ block: v.literal('list'), ordered: v.boolean(), items: v.array(runs) }),
  v.strictObject({
    block: v.literal('table'),
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

/** Minutes as they are read: complete in themselves, whatever is edited elsewhere afterwards. */
export const minutesDocumentSchema = v.strictObject({
  /** BCP 47, such as `de`. */
  language: line,
  title: line,
  /** Name of the town. */
  body: line,
  /** Day, time, place, chair and the like, each with its label. */
  facts: v.array(v.strictObject({ label: line, value: line })),
  sections: v.array(sectionSchema),
  /** Under the text: who signs, in which capacity, and when they did. */
  signatures: v.array(v.strictObject({ capacity: line, name: line, signed: v.optional(line) })),
})
export type MinutesDocument = v.InferOutput<typeof minutesDocumentSchema>
