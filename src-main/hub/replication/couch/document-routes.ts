import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { AudienceStore } from '../../../../shared/ports/document-store.ts'
import { audienceOf } from '../audience-gate.ts'
import {
  badRequest,
  conflict,
  deleted,
  fail,
  missing,
  noStoredFunctions,
  refuse,
  type CouchFailure,
} from '../wire/answers.ts'
import type { JudgedWriter, WriteAnswer } from './judged-write.ts'
import { readLeaves } from './leaf-revisions.ts'
import { isMultipartRelated, readRelated, writeMixed } from '../wire/multipart.ts'
import { flag, jsonText, plainObject, readBody, readQuery, revision } from '../wire/queries.ts'

const getQuery = v.object({
  rev: v.optional(revision),
  revs: flag,
  open_revs: v.optional(v.union([v.literal('all'), v.pipe(jsonText, v.array(revision))])),
  latest: flag,
  attachments: flag,
  conflicts: flag,
})
type GetRequest = v.InferOutput<typeof getQuery>
const putQuery = v.object({
  rev: v.optional(revision),
  new_edits: v.optional(v.picklist(['true', 'false']), 'true'),
})
const removeQuery = v.object({ rev: v.optional(revision) })
const path = '/:audience/:id'

/** Single documents. */
export function documentRoutes(app: FastifyInstance, writer: JudgedWriter): void {
  app.get(path, async (request, reply) => {
    const query = readQuery(getQuery, request, reply)
    if (!query) return reply
    const id = idOf(request)
    const reserved = reservedFailure(id)
    if (reserved) return fail(reply, reserved)
    const store = audienceOf(request)
    if (query.open_revs !== undefined) return answerLeaves(store, id, query.open_revs, query, request, reply)
    return answerDocument(store, id, query, reply)
  })

  app.put(path, async (request, reply) => {
    const query = readQuery(putQuery, request, reply)
    if (!query) return reply
    const document = await readDocument(request, reply)
    if (!document) return reply
    const id = idOf(request)
    if (document['_id'] !== undefined && document['_id'] !== id)
      return fail(reply, badRequest('The document has another _id than the path.'))
    const rev = query.rev ?? ifMatch(request) ?? document['_rev']
    return writeOne(request, reply, writer, {
      document: { ...document, _id: id, ...(rev === undefined ? {} : { _rev: rev }) },
      newEdits: query.new_edits === 'true',
    })
  })

  app.delete(path, async (request, reply) => {
    const query = readQuery(removeQuery, request, reply)
    if (!query) return reply
    const rev = query.rev ?? ifMatch(request)
    if (rev === undefined) return fail(reply, conflict)
    return writeOne(request, reply, writer, {
      document: { _id: idOf(request), _rev: rev, _deleted: true },
      newEdits: true,
    })
  })

  app.post('/:audience', async (request, reply) => {
    const document = readBody(plainObject, request, reply)
    if (!document) return reply
    if (document['_id'] === undefined) return fail(reply, badRequest('Documents are named by whoever makes them.'))
    return writeOne(request, reply, writer, { document, newEdits: true })
  })
}

export const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id

/** Names with an underscore are not documents here; design documents get their own word. */
export function reservedFailure(id: string): CouchFailure | undefined {
  if (id.startsWith('_design')) return noStoredFunctions
  return id.startsWith('_') ? missing : undefined
}

/** Writes one document and answers as CouchDB does. */
export async function writeOne(
  request: FastifyRequest,
  reply: FastifyReply,
  writer: JudgedWriter,
  { document, newEdits }: { document: Record<string, unknown>; newEdits: boolean },
): Promise<FastifyReply> {
  const [answer] = await writer.write(audienceOf(request), {
    principal: request.principal,
    documents: [document],
    newEdits,
  })
  if (!answer) throw new Error('The writer gave no answer for a document.')
  return answerWrite(reply, answer)
}

function answerWrite(reply: FastifyReply, answer: WriteAnswer): FastifyReply {
  switch (answer.kind) {
    case 'stored':
      return reply.code(201).header('etag', `"${answer.rev}"`).send({ ok: true, id: answer.id, rev: answer.rev })
    case 'refused':
      return refuse(reply, answer)
    case 'failed':
      return fail(reply, answer.error === 'conflict' ? conflict : badRequest(answer.reason))
  }
}

/** `If-Match` names the revision that a write follows, as an entity tag. */
export function ifMatch(request: FastifyRequest): string | undefined {
  const tag = request.headers['if-match']?.replace(/^"|"$/g, '')
  return v.is(revision, tag) ? tag : undefined
}

async function readDocument(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Record<string, unknown> | undefined> {
  const header = request.headers['content-type']
  if (header === undefined || !isMultipartRelated(header)) return readBody(plainObject, request, reply)
  const read = await readRelated(header, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
  if (read.ok) return read.value
  fail(reply, read.failure)
  return undefined
}

async function answerDocument(
  store: AudienceStore,
  id: string,
  query: GetRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { revs, attachments, conflicts } = query
  const [latest] = query.rev && query.latest ? (await readLeaves(store, id, [query.rev], query)).found : []
  const rev = latest?._rev ?? query.rev
  const document = await store.get(id, { ...(rev === undefined ? {} : { rev }), revs, attachments, conflicts })
  if (document) return reply.header('etag', `"${document._rev}"`).send(document)
  const { found } = rev === undefined ? await store.openRevisions(id, 'all') : { found: [] }
  return fail(reply, found.length > 0 ? deleted : missing)
}

async function answerLeaves(
  store: AudienceStore,
  id: string,
  asked: readonly string[] | 'all',
  query: GetRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const leaves = await readLeaves(store, id, asked, query)
  if (asked === 'all' && leaves.found.length === 0) return fail(reply, missing)
  const accept = request.headers.accept ?? '*/*'
  if (!/multipart\/(?:mixed|\*)|\*\/\*/i.test(accept) || /application\/json/i.test(accept))
    return reply.send([...leaves.found.map((ok) => ({ ok })), ...leaves.missing.map((rev) => ({ missing: rev }))])
  const { header, body } = writeMixed(leaves.found, leaves.missing)
  return reply.type(header).send(body)
}
