import type { FastifyError, FastifyInstance } from 'fastify'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import { canRead, nobody } from '../../../../shared/rules/access.ts'
import type { AccessWatch } from '../access-watch.ts'
import { audienceGate } from '../audience-gate.ts'
import { badRequest, fail, missing, noSuchDatabase, tooLarge } from '../wire/answers.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { changesRoutes } from './changes-routes.ts'
import { databaseRoutes } from './database-routes.ts'
import { documentRoutes } from './document-routes.ts'
import type { JudgedWriter } from './judged-write.ts'
import { localRoutes } from './local-routes.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `open`: the route asks for the audience itself, so that its answer is the same for all that may not read. */
    gate?: 'open'
  }
}

/** Bytes of one request: a batch of replication, or one attachment. */
const largestRequest = 32 * 1024 * 1024

/** CouchDB's replication protocol, audience by audience (docs.couchdb.org, "CouchDB Replication Protocol"). */
export async function couchRoutes(
  app: FastifyInstance,
  { store, watch, writer }: { store: DocumentStore; watch: AccessWatch; writer: JudgedWriter },
): Promise<void> {
  const gate = audienceGate(store, (_request, reply) => fail(reply, noSuchDatabase))
  app.addHook('onRequest', async (request, reply) =>
    request.routeOptions.config.gate === 'open' ? undefined : gate(request, reply),
  )
  // A body may take its time to arrive: who asks is asked again once it is here.
  app.addHook('preHandler', async (request, reply) => {
    if (request.body === undefined || !request.session) return
    request.session = watch.sessions.currentSession(request.session.device.id) ?? null
    request.principal = request.session?.principal ?? nobody
    if (request.audience && !canRead(request.principal, request.audience.audience)) return fail(reply, noSuchDatabase)
    return
  })
  // Bodies stay bytes until the route that wants them reads them, within bounds of depth.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: largestRequest },
    async (_request: unknown, body: Buffer) => body,
  )
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error.statusCode === 413) return fail(reply, tooLarge)
    if (error.statusCode !== undefined && error.statusCode < 500)
      return fail(reply, { ...badRequest('The request is not understood.'), status: error.statusCode })
    throw error
  })
  app.setNotFoundHandler((_request, reply) => fail(reply, missing))
  databaseRoutes(app, store, watch)
  changesRoutes(app, watch)
  bulkRoutes(app, writer, watch)
  localRoutes(app)
  attachmentRoutes(app, writer)
  documentRoutes(app, writer)
}
