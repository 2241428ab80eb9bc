import type { FastifyError, FastifyInstance } from 'fastify'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import type { AccessWatch } from '../access-watch.ts'
import { audienceGate } from '../audience-gate.ts'
import { badRequest, fail, missing, noSuchDatabase, tooLarge } from './answers.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { changesRoutes } from './changes-routes.ts'
import { databaseRoutes } from './database-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { JudgedWriter } from './judged-write.ts'
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
  { store, watch }: { store: DocumentStore; watch: AccessWatch },
): Promise<void> {
  const gate = audienceGate(store, (_request, reply) => fail(reply, noSuchDatabase))
  app.addHook('onRequest', async (request, reply) =>
    request.routeOptions.config.gate === 'open' ? undefined : gate(request, reply),
  )
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
  const writer = new JudgedWriter()
  databaseRoutes(app, store)
  changesRoutes(app, watch)
  bulkRoutes(app, writer)
  localRoutes(app)
  attachmentRoutes(app, writer)
  documentRoutes(app, writer)
}
