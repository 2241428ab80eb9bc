import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { isOparlType } from '../../../shared/oparl/index.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'
import type { Recordings } from '../public-transmissions.ts'
import { Addresses, listedTypes, root, schemaRoot } from './addresses.ts'
import { pageOf, readListQuery, recordsOfBody, type Listing } from './lists.ts'
import { OparlRecordings } from './recordings.ts'
import { recordToOparl, systemToOparl, tombstoneToOparl, type OparlObject, type Rendering } from './objects.ts'

export interface OparlOptions {
  readonly catalogue: PublicCatalogue
  /** The address by which everybody reaches the hub, such as `https://rat.example.org`; ids are made of it. */
  readonly publicUrl: string | (() => string)
  readonly recordings?: Recordings
}

/** OParl 1.1 at `/oparl/v1.1`: everything that is public, as open data. */
export const oparlRoutes: FastifyPluginAsync<OparlOptions> = async (app, options) => {
  await app.register(async (scope) => serveOparl(scope, options), { prefix: root })
}

/** OParl 1.1, "Ausnahmebehandlung": `message` is in the language of the contents. */
const german = { locale: 'de' } as const
const errorObject = (message: string, debug: string): OparlObject => ({ type: `${schemaRoot}Error`, message, debug })

function serveOparl(scope: FastifyInstance, options: OparlOptions): void {
  const { catalogue, publicUrl, recordings = { files: () => [], held: () => [] } } = options
  const rendering = (): Rendering => {
    const addresses = new Addresses(typeof publicUrl === 'string' ? publicUrl : publicUrl())
    const recorded = new OparlRecordings(recordings, catalogue, addresses)
    return { catalogue, addresses, recordings: recorded, omitInternal: false }
  }
  scope.addHook('onSend', async (_, reply) => {
    void reply.header('access-control-allow-origin', '*')
  })
  scope.setNotFoundHandler((_, reply) => notFound(reply))
  scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error({ err: error }, 'OParl request failed')
    const message = status >= 500 ? m.site_oparl_failed({}, german) : m.site_oparl_bad_request({}, german)
    return reply.code(status).send(errorObject(message, `HTTP ${status}`))
  })
  serveObjects(scope, catalogue, rendering)
  serveLists(scope, catalogue, rendering)
}

function serveObjects(scope: FastifyInstance, catalogue: PublicCatalogue, rendering: () => Rendering): void {
  scope.get('/', { prefixTrailingSlash: 'both' }, async () => systemToOparl(rendering()))
  scope.get<{ Params: { type: string; key: string } }>('/:type/:key', async ({ params: { type, key } }, reply) => {
    if (!isOparlType(type)) return notFound(reply)
    const id = `${type}:${key}`
    const record = catalogue.get(type, id)
    if (record) return recordToOparl(record, rendering())
    const { recordings } = rendering()
    const recorded = recordings.all.find((file) => file.id === id)
    if (recorded) return recordings.toOparl(recorded)
    const tombstone = catalogue.tombstone(id)
    return tombstone ? tombstoneToOparl({ ...tombstone, type }, rendering().addresses) : notFound(reply)
  })
}

function serveLists(scope: FastifyInstance, catalogue: PublicCatalogue, rendering: () => Rendering): void {
  const answer = (request: FastifyRequest, reply: FastifyReply, listing: Listing): unknown => {
    const query = readListQuery(request.query)
    if (!query.ok) return reply.code(400).send(errorObject(m.site_oparl_bad_request({}, german), query.failure))
    return pageOf(listing, query.value, rendering()) ?? notFound(reply)
  }
  scope.get('/bodies', async (request, reply) => {
    const address = rendering().addresses.bodies()
    return answer(request, reply, { records: catalogue.all('body'), tombstones: catalogue.tombstones('body'), address })
  })
  scope.get<{ Params: { key: string; list: string } }>('/body/:key/:list', async (request, reply) => {
    const body = catalogue.get('body', `body:${request.params.key}`)
    const type = Object.hasOwn(listedTypes, request.params.list) ? listedTypes[request.params.list] : undefined
    if (!body || !type) return notFound(reply)
    const address = rendering().addresses.list(body._id, request.params.list)
    const records = recordsOfBody(catalogue, type, body._id)
    const { recordings } = rendering()
    const bodyOfMeeting = (meeting: string): boolean =>
      catalogue.get('meeting', meeting) === undefined ||
      recordsOfBody(catalogue, 'meeting', body._id).some(({ _id }) => _id === meeting)
    const files = type === 'file' ? recordings.all.filter(({ meeting }) => bodyOfMeeting(meeting)) : []
    return answer(request, reply, { records, tombstones: catalogue.tombstones(type), recordings: files, address })
  })
  scope.get<{ Params: { key: string } }>('/organization/:key/meetings', async (request, reply) => {
    const organization = catalogue.get('organization', `organization:${request.params.key}`)
    if (!organization) return notFound(reply)
    const address = rendering().addresses.list(organization._id, 'meetings')
    // Of a deleted meeting nobody knows any more whose it was: who keeps a copy finds it by its id.
    const tombstones = catalogue.tombstones('meeting')
    return answer(request, reply, { records: catalogue.naming('meeting', organization._id), tombstones, address })
  })
}

const notFound = (reply: FastifyReply): FastifyReply =>
  reply.code(404).send(errorObject(m.site_oparl_not_found({}, german), 'not found'))
