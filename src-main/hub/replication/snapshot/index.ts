import type { FastifyInstance } from 'fastify'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'
import type { AccessWatch } from '../access-watch.ts'
import { audienceGate, audienceOf } from '../audience-gate.ts'
import { AudienceIndex, type IndexEntry } from './audience-index.ts'
import { closedTerms, dayOf } from './closed-terms.ts'
import { Packs, type PackEncoding } from './packs.ts'
import { snapshotLines } from './snapshot.ts'

const notFound: ApiFailure = { error: 'not-found', message: 'There is nothing here.' }

interface Contents {
  readonly index: AudienceIndex
  readonly packs: Packs
}

/** First contact: the running term as one stream, closed terms as immutable texts. */
export async function snapshotRoutes(
  app: FastifyInstance,
  { store, watch, clock }: { store: DocumentStore; watch: AccessWatch; clock: () => number },
): Promise<void> {
  app.addHook(
    'onRequest',
    audienceGate(store, (_request, reply) => reply.code(404).send(notFound)),
  )
  const known = new WeakMap<AudienceStore, Contents>()
  const contentsOf = (audience: AudienceStore): Contents => {
    const contents = known.get(audience) ?? { index: new AudienceIndex(audience), packs: new Packs(audience) }
    known.set(audience, contents)
    return contents
  }

  /** Documents by where first contact brings them from; what is in conflict always comes with the snapshot. */
  const divide = async (audience: AudienceStore): Promise<{ open: IndexEntry[]; closed: IndexEntry[] }> => {
    const closed = await closedTerms(store, audience, dayOf(clock()))
    const isClosed = ({ term, conflicted }: IndexEntry) => term !== undefined && closed.has(term) && !conflicted
    const divided = Map.groupBy(await contentsOf(audience).index.entries(), isClosed)
    return { open: divided.get(false) ?? [], closed: divided.get(true) ?? [] }
  }

  app.get('/snapshot/:audience', async (request, reply) => {
    const audience = audienceOf(request)
    const { updateSeq } = await audience.info()
    const { open } = await divide(audience)
    const lines = snapshotLines(audience, { uuid: store.uuid(), seq: updateSeq, entries: open })
    void reply.type('application/x-ndjson')
    return reply.compress(watch.stream(request.session, audience.audience, lines))
  })

  app.get('/packs/:audience', async (request) => {
    const audience = audienceOf(request)
    return { packs: await contentsOf(audience).packs.list((await divide(audience)).closed) }
  })

  app.get('/packs/:audience/:digest', async (request, reply) => {
    const encoding = encodingFor(request.headers['accept-encoding'])
    const { digest } = request.params as { digest: string }
    const text = await contentsOf(audienceOf(request)).packs.read(digest, encoding)
    if (!text) return reply.code(404).send(notFound)
    if (encoding !== 'identity') void reply.header('content-encoding', encoding)
    return reply.header('vary', 'accept-encoding').type('application/x-ndjson').send(text)
  })
}

/** The smallest text that the client can read (RFC 9110, section 12.5.3). */
function encodingFor(accepted: string | undefined): PackEncoding {
  const accepts = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`).test(accepted ?? '')
  return accepts('zstd') ? 'zstd' : accepts('gzip') ? 'gzip' : 'identity'
}
