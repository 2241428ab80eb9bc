import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from '../../oparl/record.ts'
import { parsePassage, placeholderFaultWords } from '../passage-text.ts'

/** Parts of minutes in which a passage can stand from the start. */
export const passagePlaces = ['opening', 'item', 'close'] as const
export type PassagePlace = (typeof passagePlaces)[number]

const shortLine = v.pipe(line, v.maxLength(200, 'must have at most 200 characters'))

const passageText = v.pipe(
  line,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const fault of parsePassage(dataset.value).faults) addIssue({ message: placeholderFaultWords(fault) })
  }),
)

export const passageSchema = v.strictObject({
  ...envelope('passage', 1),
  name: shortLine,
  /** With placeholders, see `passage-text.ts`; every line of it is a paragraph. */
  text: passageText,
  /** The body for whose minutes it is; the whole town's without. */
  organization: v.optional(idOf('organization')),
  /** Where in minutes it belongs; anywhere without. */
  place: v.optional(v.picklist(passagePlaces)),
  /** Belongs to the template of its place: it is offered there at once. Says nothing without a place. */
  template: v.optional(v.literal(true)),
  /** The provision that it carries out, as one cites it. */
  source: v.optional(shortLine),
  /** Key among the others of the same body. */
  order: v.pipe(v.string(), v.regex(/^[0-9A-Za-z]+$/, 'must be a fractional key')),
})
/** Words that recorders insert into minutes, as the town or one of its bodies has them. OParl knows no such thing. */
export type Passage = v.InferOutput<typeof passageSchema>

export const passage = defineRecord({
  type: 'passage',
  version: 1,
  schema: passageSchema,
  references: { organization: ['organization'] },
  migrations: [],
})
