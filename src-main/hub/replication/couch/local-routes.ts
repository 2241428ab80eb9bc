import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { audienceOf } from '../audience-gate.ts'
import { badRequest, fail, missing, noAnonymousCheckpoints } from '../wire/answers.ts'
import { plainObject, readBody } from '../wire/queries.ts'

/** Bytes; a replicator's checkpoint with its history is far below. */
const largestCheckpoint = 65_536
const path = '/:audience/_local/:id'

/**
 * Checkpoints of replicators. Each device has its own: what one device notes is no business of another, and nobody
 * without a session leaves anything here (PouchDB then keeps its checkpoint on its own side alone).
 */
export function localRoutes(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const key = keyOf(request)
    const document = key === undefined ? undefined : await audienceOf(request).getLocal(key)
    return document ? reply.send({ ...document, _id: `_local/${idOf(request)}` }) : fail(reply, missing)
  })

  app.put(path, { bodyLimit: largestCheckpoint }, async (request, reply) => {
    const key = keyOf(request)
    if (key === undefined) return fail(reply, noAnonymousCheckpoints)
    const body = readBody(plainObject, request, reply)
    if (!body) return reply
    if (key.length > 200) return fail(reply, badRequest('The name of the checkpoint is too long.'))
    const { rev } = await audienceOf(request).putLocal(key, body)
    return reply.code(201).send({ ok: true, id: `_local/${idOf(request)}`, rev })
  })

  app.delete(path, async (request, reply) => {
    const key = keyOf(request)
    const removed = key !== undefined && (await audienceOf(request).deleteLocal(key))
    return removed ? reply.send({ ok: true, id: `_local/${idOf(request)}`, rev: '0-0' }) : fail(reply, missing)
  })
}

const idOf = (request: FastifyRequest): string => v.parse(v.object({ id: v.string() }), request.params).id

const keyOf = (request: FastifyRequest): string | undefined =>
  request.session ? `${encodeURIComponent(request.session.device.id)}/${idOf(request)}` : undefined
