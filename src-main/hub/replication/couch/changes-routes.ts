import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { AudienceStore, ChangeRow } from '../../../../shared/ports/document-store.ts'
import type { AccessWatch } from '../access-watch.ts'
import { audienceOf } from '../audience-gate.ts'
import { badRequest, fail, noStoredFunctions } from '../wire/answers.ts'
import { continuousFeed, longpollFeed, normalFeed, type FeedRequest, type Waiting } from './changes-feed.ts'
import { count, flag, jsonText, readBody, readQuery, seq } from '../wire/queries.ts'

/** CouchDB's own values, in milliseconds. */
const defaultTimeout = 60_000
const defaultHeartbeat = 60_000
/** More often than this an idle feed is not worth a packet. */
const shortestHeartbeat = 100

const changesQuery = v.object({
  feed: v.optional(v.picklist(['normal', 'longpoll', 'continuous']), 'normal'),
  since: v.optional(seq, '0'),
  limit: count,
  style: v.optional(v.picklist(['all_docs', 'main_only']), 'main_only'),
  include_docs: flag,
  attachments: flag,
  conflicts: flag,
  descending: flag,
  heartbeat: v.optional(v.union([v.picklist(['true', 'false']), v.pipe(v.string(), v.regex(/^\d{1,9}$/))])),
  timeout: count,
  filter: v.optional(v.string()),
  doc_ids: v.optional(v.pipe(jsonText, v.array(v.string()))),
})
type ChangesRequest = v.InferOutput<typeof changesQuery>
const changesBody = v.object({ doc_ids: v.optional(v.array(v.string())) })

/** The feed of an audience, read at once, waited for, or followed. */
export function changesRoutes(app: FastifyInstance, watch: AccessWatch): void {
  const open = new Set<AbortController>()
  app.addHook('preClose', async () => {
    for (const feed of open) feed.abort()
  })
  app.get('/:audience/_changes', async (request, reply) => answer(request, reply, undefined))
  app.post('/:audience/_changes', async (request, reply) => {
    const empty = !Buffer.isBuffer(request.body) || request.body.length === 0
    const body = empty ? {} : readBody(changesBody, request, reply)
    return body ? answer(request, reply, body.doc_ids) : reply
  })

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    bodyIds: readonly string[] | undefined,
  ): Promise<FastifyReply> {
    const query = readQuery(changesQuery, request, reply)
    if (!query) return reply
    if (query.filter !== undefined && query.filter !== '_doc_ids') return fail(reply, noStoredFunctions)
    const ids = query.filter === '_doc_ids' ? (bodyIds ?? query.doc_ids) : undefined
    if (query.filter === '_doc_ids' && !ids) return fail(reply, badRequest('The filter "_doc_ids" needs doc_ids.'))
    const store = audienceOf(request)
    const feed = await feedRequest(store, query, ids)
    const end = new AbortController()
    const text = feedText(store, query, feed, { ...times(query), signal: end.signal })
    const stream = watch.stream(request.session, store.audience, text)
    open.add(end)
    end.signal.addEventListener('abort', () => stream.destroy())
    reply.raw.on('close', () => end.abort())
    stream.on('close', () => {
      open.delete(end)
      end.abort()
    })
    void reply.type('application/json')
    // A waiting feed must leave the hub at once; a compressor would hold it back.
    return query.feed === 'normal' ? (reply.compress(stream) as never) : reply.send(stream)
  }
}

const feedText = (store: AudienceStore, { feed }: ChangesRequest, request: FeedRequest, waiting: Waiting) =>
  feed === 'normal'
    ? normalFeed(store, request)
    : feed === 'longpoll'
      ? longpollFeed(store, request, waiting)
      : continuousFeed(store, request, waiting)

function times({ heartbeat, timeout }: ChangesRequest): Pick<Waiting, 'heartbeat' | 'timeout'> {
  if (heartbeat === undefined || heartbeat === 'false') return { heartbeat: 0, timeout: timeout ?? defaultTimeout }
  const interval = heartbeat === 'true' ? defaultHeartbeat : Number(heartbeat)
  return { heartbeat: Math.max(interval, shortestHeartbeat), timeout: timeout ?? 0 }
}

async function feedRequest(
  store: AudienceStore,
  query: ChangesRequest,
  ids: readonly string[] | undefined,
): Promise<FeedRequest> {
  const details = query.include_docs && (query.attachments || query.conflicts)
  return {
    since: query.since === 'now' ? (await store.info()).updateSeq : query.since,
    // CouchDB takes 0 for 1.
    limit: query.limit === undefined ? Number.POSITIVE_INFINITY : Math.max(query.limit, 1),
    query: {
      descending: query.descending,
      includeDocs: query.include_docs && !details,
      style: query.style,
      ...(ids ? { ids } : {}),
    },
    rowToJson: details
      ? async (row) => JSON.stringify(await withDetails(store, query, row))
      : async (row) => JSON.stringify(row),
  }
}

async function withDetails(store: AudienceStore, query: ChangesRequest, row: ChangeRow): Promise<object> {
  const [winner] = row.changes
  const { attachments, conflicts } = query
  const doc = await store.get(row.id, { ...(winner ? { rev: winner.rev } : {}), attachments, conflicts })
  return { ...row, doc: doc ?? null }
}
