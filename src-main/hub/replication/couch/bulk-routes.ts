import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import type { AudienceStore } from '../../../../shared/ports/document-store.ts'
import type { AccessWatch } from '../access-watch.ts'
import { audienceOf } from '../audience-gate.ts'
import { badRequest, fail } from '../wire/answers.ts'
import type { JudgedWriter, WriteAnswer } from './judged-write.ts'
import { readLeaves, withoutRevisions, type LeafQuery } from './leaf-revisions.ts'
import { flag, plainObject, readBody, readQuery, revision } from '../wire/queries.ts'

const bulkDocs = v.object({ docs: v.array(v.unknown()), new_edits: v.optional(v.boolean(), true) })
const bulkGetQuery = v.object({ revs: flag, attachments: flag, latest: flag })
const bulkGet = v.object({ docs: v.array(v.object({ id: v.string(), rev: v.optional(revision) })) })
const revsDiff = v.pipe(
  plainObject,
  v.custom<Record<string, string[]>>((input) =>
    Object.values(input as object).every((revs) => v.is(v.array(revision), revs)),
  ),
)

/** Batches of documents and revisions, in both directions. */
export function bulkRoutes(app: FastifyInstance, writer: JudgedWriter, watch: AccessWatch): void {
  app.post('/:audience/_bulk_docs', async (request, reply) => {
    const body = readBody(bulkDocs, request, reply)
    if (!body) return reply
    const store = audienceOf(request)
    const answers = await writer.write(store, {
      principal: request.principal,
      documents: body.docs,
      newEdits: body.new_edits,
    })
    const told = body.new_edits ? answers : answers.filter(({ kind }) => kind !== 'stored')
    return reply.code(201).send(told.map(bulkAnswer))
  })

  app.post('/:audience/_bulk_get', async (request, reply) => {
    const query = readQuery(bulkGetQuery, request, reply)
    const body = query && readBody(bulkGet, request, reply)
    if (!query || !body) return reply
    const store = audienceOf(request)
    void reply.type('application/json')
    return reply.compress(watch.stream(request.session, store.audience, bulkGetAnswer(store, body.docs, query)))
  })

  app.post('/:audience/_revs_diff', async (request, reply) => {
    const body = readBody(revsDiff, request, reply)
    if (!body) return reply
    if (Object.keys(body).some((id) => id.startsWith('_')))
      return fail(reply, badRequest('Only documents have revisions to compare.'))
    return reply.send(await audienceOf(request).revsDiff(body))
  })
}

function bulkAnswer(answer: WriteAnswer): object {
  if (answer.kind === 'stored') return { ok: true, id: answer.id, rev: answer.rev }
  const { kind, ...rest } = answer
  return kind === 'refused' ? { ...rest, error: 'forbidden' } : rest
}

type Asked = v.InferOutput<typeof bulkGet>['docs'][number]

async function* bulkGetAnswer(
  store: AudienceStore,
  asked: readonly Asked[],
  query: LeafQuery,
): AsyncGenerator<string, void, void> {
  yield '{"results":['
  let separator = '\n'
  for (const entry of asked) {
    yield `${separator}${JSON.stringify({ id: entry.id, docs: await bulkGetDocs(store, entry, query) })}`
    separator = ',\n'
  }
  yield '\n]}'
}

async function bulkGetDocs(store: AudienceStore, { id, rev }: Asked, query: LeafQuery): Promise<object[]> {
  const lacking = (asked: string) => ({
    error: { id, rev: asked, error: 'not_found', reason: 'missing' },
  })
  if (id.startsWith('_')) return [lacking(rev ?? 'undefined')]
  if (rev === undefined) {
    const winner = await store.get(id, { revs: query.revs, attachments: query.attachments })
    return winner ? [{ ok: query.revs ? winner : withoutRevisions(winner) }] : [lacking('undefined')]
  }
  const { found, missing } = await readLeaves(store, id, [rev], query)
  return [...found.map((ok) => ({ ok })), ...missing.map(lacking)]
}
