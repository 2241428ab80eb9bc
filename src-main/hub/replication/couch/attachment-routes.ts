import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { AudienceStore, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { audienceOf } from '../audience-gate.ts'
import { badRequest, conflict, fail, missing } from '../wire/answers.ts'
import { idOf, ifMatch, reservedFailure, writeOne } from './document-routes.ts'
import { contentType } from '../wire/incoming.ts'
import type { JudgedWriter } from './judged-write.ts'
import { readQuery, revision } from '../wire/queries.ts'

const attachmentQuery = v.object({ rev: v.optional(revision) })
const path = '/:audience/:id/*'

/** Attachments of documents: read where the document may be read, written by writing the document. */
export function attachmentRoutes(app: FastifyInstance, writer: JudgedWriter): void {
  app.get(path, async (request, reply) => {
    const query = readQuery(attachmentQuery, request, reply)
    if (!query) return reply
    const reserved = reservedFailure(idOf(request))
    if (reserved) return fail(reply, reserved)
    const attachment = await audienceOf(request).attachment(idOf(request), nameOf(request), query.rev)
    if (!attachment) return fail(reply, { ...missing, reason: 'Document is missing attachment' })
    // Whatever somebody attached, a browser must not run it in the hub's name.
    return reply
      .headers({
        'content-type': v.is(contentType, attachment.contentType) ? attachment.contentType : 'application/octet-stream',
        'content-disposition': 'attachment',
        'content-security-policy': "sandbox; default-src 'none'",
        etag: `"${attachment.digest}"`,
      })
      .send(Buffer.from(attachment.bytes))
  })

  app.put(path, async (request, reply) => {
    const type = request.headers['content-type'] ?? 'application/octet-stream'
    if (!v.is(contentType, type)) return fail(reply, badRequest('The content type is not understood.'))
    const data = Buffer.isBuffer(request.body) ? request.body.toString('base64') : ''
    return change(request, reply, (attachments) => ({
      ...attachments,
      [nameOf(request)]: { content_type: type, data },
    }))
  })

  app.delete(path, async (request, reply) =>
    change(request, reply, (attachments) => {
      const { [nameOf(request)]: _removed, ...rest } = attachments
      return rest
    }),
  )

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    edit: (attachments: Readonly<Record<string, unknown>>) => Record<string, unknown>,
  ): Promise<FastifyReply> {
    const query = readQuery(attachmentQuery, request, reply)
    if (!query) return reply
    const reserved = reservedFailure(idOf(request))
    if (reserved) return fail(reply, reserved)
    const rev = query.rev ?? ifMatch(request)
    const stored = await current(audienceOf(request), idOf(request), rev)
    if (stored === 'conflict') return fail(reply, conflict)
    const document = { ...stored, _id: idOf(request), _attachments: edit(stored?._attachments ?? {}) }
    return writeOne(request, reply, writer, { document, newEdits: true })
  }
}

const nameOf = (request: FastifyRequest): string => (request.params as { '*': string })['*']

/** The revision that a change follows; undefined for a document that is to be made. */
async function current(
  store: AudienceStore,
  id: string,
  rev: string | undefined,
): Promise<StoredDocument | 'conflict' | undefined> {
  const document = await store.get(id, rev === undefined ? {} : { rev })
  if (rev === undefined) return document ? 'conflict' : undefined
  return document ?? 'conflict'
}
