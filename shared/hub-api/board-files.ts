import * as v from 'valibot'
import { mostPages } from '../council/records/board.ts'
import { idOf, line } from '../oparl/record.ts'
import { itemReaches, type FilingOutlook } from '../rules/board.ts'

/** Accounts that may be named as authors of a board. */
export const mostAuthors = 200
const account = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/, 'must be an account'))
const authors = v.pipe(v.array(account), v.maxLength(mostAuthors))

/** Whose names are asked for: `GET /api/boards/<id>/files?authors=<account>,<account>` */
export const filingQuerySchema = v.object({
  authors: v.optional(
    v.pipe(
      v.string(),
      v.transform((list) => list.split(',').filter(Boolean)),
      authors,
    ),
    '',
  ),
})

/** What adding a board to the record of its item would do, or why it cannot be. */
export interface FilingPlan {
  readonly outlook: FilingOutlook
  /** Names of the accounts that were asked for, as far as there are such accounts. */
  readonly names: readonly { readonly account: string; readonly name: string }[]
}

/**
 * Files that a board becomes, for who prepares meetings; their bytes are uploaded before. `POST /api/boards/<id>/files`,
 * answered with the records in the order in which the item names them.
 */
export const boardFilingSchema = v.strictObject({
  /** As the person was told: when others see the item by now, nothing is done. */
  reach: v.picklist(itemReaches),
  authors,
  files: v.pipe(
    v.array(
      v.strictObject({
        /** Chosen by the device, so that asking twice makes one. */
        id: idOf('file'),
        name: line,
        format: v.picklist(['pdf', 'svg']),
        sha512: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/, 'must be a SHA-512 in lower-case hexadecimal')),
        /** Pages of a PDF. */
        pages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
      }),
    ),
    v.minLength(1),
    v.maxLength(mostPages + 1),
  ),
})
export type BoardFiling = v.InferOutput<typeof boardFilingSchema>
export type FileToAdd = BoardFiling['files'][number]
