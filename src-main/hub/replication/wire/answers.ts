import type { FastifyReply } from 'fastify'
import type { Refusal } from '../../../../shared/rules/access.ts'

/** CouchDB's way of saying no: a status, a name for programs and a sentence for people. */
export interface CouchFailure {
  readonly status: number
  readonly error: string
  readonly reason: string
}

const failure = (status: number, error: string, reason: string): CouchFailure => ({ status, error, reason })

export const badRequest = (reason: string): CouchFailure => failure(400, 'bad_request', reason)
export const noSuchDatabase = failure(404, 'not_found', 'Database does not exist.')
export const missing = failure(404, 'not_found', 'missing')
export const deleted = failure(404, 'not_found', 'deleted')
export const conflict = failure(409, 'conflict', 'Document update conflict.')
export const databaseExists = failure(412, 'file_exists', 'The database could not be created, the file already exists.')
export const madeByTheHub = failure(403, 'forbidden', 'The hub alone makes and removes databases.')
export const noStoredFunctions = failure(
  403,
  'forbidden',
  'This hub keeps documents only: design documents, views, queries and filters by function are not run.',
)
export const noAnonymousCheckpoints = failure(403, 'forbidden', 'Checkpoints are kept for signed-in devices only.')
export const tooLarge = failure(413, 'too_large', 'The request is larger than this hub accepts.')

export const fail = (reply: FastifyReply, { status, error, reason }: CouchFailure): FastifyReply =>
  reply.code(status).send({ error, reason })

/** A refused write of a single document. */
export const refuse = (reply: FastifyReply, { reason, faults }: Refusal): FastifyReply =>
  reply.code(403).send({ error: 'forbidden', reason, ...(faults ? { faults } : {}) })
