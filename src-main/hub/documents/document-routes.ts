import type { FastifyInstance } from 'fastify'
import { paths } from '../../../shared/hub-api/contract.ts'
import { minutesPdfRequestSchema } from '../../../shared/hub-api/documents.ts'
import { preparesMeetings } from '../../../shared/rules/access.ts'
import { readBody } from '../body.ts'
import { sendFailure } from '../failure.ts'
import { minutesPdf } from './minutes-pdf.ts'

/** Minutes of a long meeting have about 300 kB. */
const bodyLimit = 4 * 1024 * 1024

/** Documents made on demand for whoever prepares meetings; the hub keeps neither what is sent nor what it makes of it. */
export function documentRoutes(app: FastifyInstance): void {
  const { minutesPdf: url } = paths
  app.post(
    url,
    {
      bodyLimit,
      onRequest: async (request, reply) => {
        if (!request.session) return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
        if (!preparesMeetings(request.principal))
          return sendFailure(reply, { error: 'forbidden', message: 'Only who prepares meetings makes documents.' })
        return undefined
      },
    },
    async (request, reply) => {
      const body = readBody(minutesPdfRequestSchema, request, reply)
      if (!body) return reply
      const pdf = await minutesPdf(body)
      if (pdf.ok) return reply.type('application/pdf').header('cache-control', 'no-store').send(Buffer.from(pdf.value))
      const faults = pdf.failure.letters.map((letter) => ({ field: 'document', message: `no font has ${letter}` }))
      return sendFailure(reply, { error: 'bad-request', message: 'Some letters cannot be printed.', faults })
    },
  )
}
