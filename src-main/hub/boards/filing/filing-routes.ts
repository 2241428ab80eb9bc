import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { boardFilingSchema, filingQuerySchema } from '../../../../shared/hub-api/board-files.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import type { Sessions } from '../../session.ts'
import { signedIn } from '../../signed-in.ts'
import { dayIn } from '../../../../shared/calendar-day.ts'
import { answering } from '../answering.ts'
import { fileBoard, planFiling, type FilingParts, type FilingRefusal } from './filing.ts'

export interface FilingRoutesOptions extends FilingParts {
  readonly sessions: Sessions
  readonly timeZone: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const path = '/api/boards/:board/files'
type BoardRequest = FastifyRequest<{ Params: { board: string } }>

const messages: Readonly<Record<FilingRefusal, string>> = {
  'not-found': 'There is no such board.',
  forbidden: 'Who prepares meetings adds boards to the record.',
  'at-rest': 'The board rests while an item is on from which somebody is kept out. Ask again when it is done.',
  conflict: 'Other people see the item by now, or such files are there already. Look again what would be done.',
  'wrong-digest': 'The bytes of a file are not here. Upload them first.',
  'unsupported-type': 'The bytes of a file are not of the format that was named.',
}

/** Adding boards to the record of their items, for who prepares meetings. */
export function filingRoutes(app: FastifyInstance, options: FilingRoutesOptions): void {
  const { sessions, timeZone, now } = options
  const answer = answering(sessions, messages)

  app.get(path, { onRequest: signedIn }, async (request: BoardRequest, reply) => {
    const query = v.safeParse(filingQuerySchema, request.query)
    if (!query.success) return sendFailure(reply, { error: 'bad-request', message: 'The accounts cannot be read.' })
    const { authors } = query.output
    return answer(request, reply, (principal) => planFiling(options, principal, request.params.board, authors))
  })
  app.post(path, { onRequest: signedIn }, async (request: BoardRequest, reply) => {
    const body = readBody(boardFilingSchema, request, reply)
    if (!body) return reply
    const instant = now()
    const asked = { ...body, at: new Date(instant).toISOString(), day: dayIn(timeZone, instant) }
    return answer(request, reply, (principal) => fileBoard(options, principal, request.params.board, asked))
  })
}
