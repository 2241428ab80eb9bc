import * as v from 'valibot'
import type { RecordFault } from '../../../../shared/oparl/index.ts'
import type { IncomingDocument } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { plainObject, revision } from './queries.ts'

/** CouchDB's `max_document_size`, in bytes of JSON without attachments. */
const largestDocument = 8_000_000
/** CouchDB's `_revs_limit`: older ancestors are of no use to a merge. */
const longestHistory = 1000

export const documentId = v.pipe(
  v.string('must be text'),
  v.minLength(1, 'must not be empty'),
  v.maxLength(512, 'is too long'),
  v.regex(/^[^_]/, 'must not begin with an underscore'),
)
/** A type and subtype with parameters, and nothing that could end a header. */
export const contentType = v.pipe(v.string(), v.regex(/^[\w.+-]+\/[\w.+-]+(?:\s*;[ -~]*)?$/), v.maxLength(255))
export const attachmentName = v.pipe(v.string(), v.regex(/^[^_]/), v.maxLength(255))

const digest = v.optional(v.pipe(v.string(), v.regex(/^(?:md5|sha1|sha256)-[\w+/=-]{1,128}$/)))
const attachment = v.union([
  v.object({
    data: v.pipe(v.string(), v.base64('must be base 64')),
    content_type: contentType,
    digest,
    revpos: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  v.object({
    stub: v.literal(true),
    content_type: v.optional(contentType),
    digest,
    length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    revpos: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
])

/** What replication adds to a document. Anything else that begins with an underscore is no document. */
const envelope = v.object({
  _id: documentId,
  _rev: v.optional(revision),
  _deleted: v.optional(v.boolean()),
  _revisions: v.optional(
    v.object({
      start: v.pipe(v.number(), v.integer(), v.minValue(1)),
      ids: v.pipe(
        v.array(v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{1,64}$/))),
        v.minLength(1),
        v.maxLength(longestHistory, 'names too many ancestors'),
      ),
    }),
  ),
  _attachments: v.optional(v.record(attachmentName, attachment)),
})
/** CouchDB puts these into answers and overlooks them in what comes back. */
const answered = new Set(['_conflicts', '_deleted_conflicts', '_revs_info', '_local_seq'])

/**
 * Reads a document from the wire: its revision and ancestry agree, its attachments are what they say, and only the
 * fields of replication begin with an underscore.
 */
export function readIncoming(input: unknown, newEdits: boolean): Result<IncomingDocument, RecordFault[]> {
  const given = v.safeParse(plainObject, input)
  if (!given.success) return failed([{ field: '', message: 'must be an object' }])
  const head = v.safeParse(envelope, given.output)
  if (!head.success)
    return failed(head.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: issue.message })))
  const { _revisions: history, _rev: rev, _deleted, ...rest } = head.output
  const unknown = Object.keys(given.output).find(
    (field) => field.startsWith('_') && !Object.hasOwn(envelope.entries, field),
  )
  if (unknown !== undefined && !answered.has(unknown)) return failed([{ field: unknown, message: 'is not known' }])
  if (!newEdits && rev === undefined) return failed([{ field: '_rev', message: 'must be given in replication' }])
  if (history && (history.start < history.ids.length || rev !== `${history.start}-${history.ids[0]}`))
    return failed([{ field: '_revisions', message: 'must begin with _rev' }])
  const document = { ...contentOf(given.output), ...rest, ...(rev === undefined ? {} : { _rev: rev }) }
  if (Buffer.byteLength(JSON.stringify({ ...document, _attachments: undefined })) > largestDocument)
    return failed([{ field: '', message: 'is too large' }])
  return success({ ...document, ...(_deleted ? { _deleted } : {}), ...(history ? { _revisions: history } : {}) })
}

/** The document without anything that replication adds. */
export const contentOf = (document: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(document).filter(([field]) => !field.startsWith('_')))
