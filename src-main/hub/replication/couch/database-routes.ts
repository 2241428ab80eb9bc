import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { AudienceStore, DocumentStore, ListQuery, ListRow } from '../../../../shared/ports/document-store.ts'
import type { AccessWatch } from '../access-watch.ts'
import { audienceOf, openReadable } from '../audience-gate.ts'
import { databaseExists, fail, madeByTheHub, noStoredFunctions } from '../wire/answers.ts'
import { count, flag, jsonText, key, readBody, readQuery } from '../wire/queries.ts'

/** The release of CouchDB whose replication protocol is spoken. */
const protocolVersion = '3.4.3'
/** Rows that are read from the store at a time. */
const pageSize = 500

const listQuery = v.object({
  key,
  keys: v.optional(v.pipe(jsonText, v.array(v.string()))),
  startkey: key,
  start_key: key,
  endkey: key,
  end_key: key,
  inclusive_end: v.optional(v.picklist(['true', 'false']), 'true'),
  descending: flag,
  skip: count,
  limit: count,
  include_docs: flag,
  conflicts: flag,
  attachments: flag,
  update_seq: flag,
})
type ListRequest = v.InferOutput<typeof listQuery>
const listBody = v.object({ keys: v.optional(v.array(v.string())) })

/** What may be asked of a database as a whole. */
export function databaseRoutes(app: FastifyInstance, store: DocumentStore, watch: AccessWatch): void {
  app.get('/', async () => ({
    couchdb: 'Welcome',
    version: protocolVersion,
    uuid: store.uuid(),
    vendor: { name: 'Ratssaal' },
    features: [],
  }))
  for (const path of ['/:audience', '/:audience/']) {
    app.get(path, async (request) => databaseInfo(store, audienceOf(request)))
    // The gate lets this one through: whether a name is taken is told only to those who may read what it names.
    app.put(path, { config: { gate: 'open' } }, async (request, reply) => {
      const { audience } = request.params as { audience: string }
      return fail(reply, (await openReadable(store, request.principal, audience)) ? databaseExists : madeByTheHub)
    })
    app.delete(path, async (_request, reply) => fail(reply, madeByTheHub))
  }
  app.get('/:audience/_all_docs', async (request, reply) => list(watch, request, reply))
  app.post('/:audience/_all_docs', async (request, reply) => {
    const body = readBody(listBody, request, reply)
    return body ? list(watch, request, reply, body.keys) : reply
  })
  // Every write is durable before it is answered: there is nothing left to commit.
  app.post('/:audience/_ensure_full_commit', async (_request, reply) =>
    reply.code(201).send({ ok: true, instance_start_time: '0' }),
  )
  for (const path of ['_design', '_design/*', '_find', '_index', '_index/*', '_explain', '_temp_view', '_view/*'])
    app.all(`/:audience/${path}`, async (_request, reply) => fail(reply, noStoredFunctions))
}

async function databaseInfo(store: DocumentStore, audience: AudienceStore): Promise<object> {
  const { docCount, updateSeq } = await audience.info()
  return {
    db_name: audience.audience,
    doc_count: docCount,
    update_seq: updateSeq,
    uuid: store.uuid(),
    instance_start_time: '0',
    compact_running: false,
  }
}

async function list(
  watch: AccessWatch,
  request: FastifyRequest,
  reply: FastifyReply,
  bodyKeys?: string[],
): Promise<FastifyReply> {
  const query = readQuery(listQuery, request, reply)
  if (!query) return reply
  const store = audienceOf(request)
  void reply.type('application/json')
  const text = listAnswer(store, query, bodyKeys ?? query.keys)
  return reply.compress(watch.stream(request.session, store.audience, text)) as never
}

/** Rows in pages, so that a large audience never stands in memory as a whole. */
async function* listAnswer(
  store: AudienceStore,
  query: ListRequest,
  keys: readonly string[] | undefined,
): AsyncGenerator<string, void, void> {
  const { docCount, updateSeq } = await store.info()
  const seq = query.update_seq ? `"update_seq":${JSON.stringify(updateSeq)},` : ''
  yield `{"total_rows":${docCount},"offset":${query.skip ?? 0},${seq}"rows":[`
  let separator = '\n'
  for await (const rows of keys ? pagesOfKeys(store, query, keys) : pagesOfRange(store, query)) {
    if (rows.length === 0) continue
    yield separator + rows.map((row) => JSON.stringify(row)).join(',\n')
    separator = ',\n'
  }
  yield '\n]}'
}

async function* pagesOfKeys(
  store: AudienceStore,
  query: ListRequest,
  keys: readonly string[],
): AsyncGenerator<object[], void, void> {
  const asked = keys.slice(query.skip ?? 0).slice(0, query.limit)
  for (let start = 0; start < asked.length; start += pageSize) {
    const page = asked.slice(start, start + pageSize)
    const { rows } = await store.list({ keys: page, ...contentQuery(query) })
    const byId = new Map(rows.map((row) => [row.id, row]))
    yield page.map((id) => {
      const row = byId.get(id)
      return row ? listRow(row, query) : { key: id, error: 'not_found' }
    })
  }
}

async function* pagesOfRange(store: AudienceStore, query: ListRequest): AsyncGenerator<object[], void, void> {
  const end = query.key ?? query.endkey ?? query.end_key
  let start = query.key ?? query.startkey ?? query.start_key
  let skip = query.skip ?? 0
  let left = query.limit ?? Number.POSITIVE_INFINITY
  while (left > 0) {
    const { rows } = await store.list({
      ...contentQuery(query),
      ...(start === undefined ? {} : { startKey: start }),
      ...(end === undefined ? {} : { endKey: end }),
      descending: query.descending,
      skip,
      limit: Math.min(left, pageSize),
    })
    yield rows.filter((row) => query.inclusive_end === 'true' || row.id !== end).map((row) => listRow(row, query))
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    left -= rows.length
    start = last.id
    skip = 1
  }
}

const contentQuery = (query: ListRequest): ListQuery => ({
  includeDocs: query.include_docs,
  conflicts: query.conflicts,
})

const listRow = (row: ListRow, query: ListRequest): object => ({
  id: row.id,
  key: row.id,
  value: { rev: row.rev, ...(row.deleted ? { deleted: true } : {}) },
  ...(query.include_docs ? { doc: row.deleted ? null : row.doc } : {}),
})
