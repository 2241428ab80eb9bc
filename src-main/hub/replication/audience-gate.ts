import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AudienceStore, DocumentStore } from '../../../shared/ports/document-store.ts'
import { audiencesOf, canRead, type Principal } from '../../../shared/rules/access.ts'
import { isAudience } from '../../../shared/rules/audience.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The audience that the path names, when the principal may read it. Set by the gate, before the body is read. */
    audience: AudienceStore | null
  }
}

/**
 * Opens an audience for whoever may read it. What may not be read and what does not exist are one and the same answer,
 * reached without asking the store. A principal's own audiences exist from the first time they look.
 */
export async function openReadable(
  store: DocumentStore,
  principal: Principal,
  name: string,
): Promise<AudienceStore | null> {
  if (!isAudience(name) || !canRead(principal, name)) return null
  const own = name === 'public' || audiencesOf(principal).includes(name)
  return own || (await store.exists(name)) ? store.open(name) : null
}

/** A hook for every route with `:audience` in its path: nothing behind it runs for those who may not read. */
export const audienceGate =
  (store: DocumentStore, answerMissing: (request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    const { audience } = request.params as { audience?: string }
    if (audience === undefined) return
    request.audience = await openReadable(store, request.principal, audience)
    if (!request.audience) return answerMissing(request, reply)
    return
  }

/** The audience behind a route that the gate guards. */
export function audienceOf(request: FastifyRequest): AudienceStore {
  if (!request.audience) throw new Error('A route reads an audience without the gate before it.')
  return request.audience
}
