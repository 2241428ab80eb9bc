import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { partType } from '../../../../shared/hub-api/broadcast.ts'
import {
  chapterRequestSchema,
  cutRequestSchema,
  pieceQuerySchema,
  type CorrectionRefusal,
  type CorrectionRefusalReason,
} from '../../../../shared/hub-api/recording.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import type { PublicCatalogue } from '../../public-catalogue.ts'
import { signedIn } from '../../signed-in.ts'
import type { Broadcast } from '../broadcast.ts'
import { begunBytes } from '../recorded/begun-bytes.ts'
import { isTransmitter, permitted, type ByMeeting, type PermissionOptions } from '../permission.ts'
import { cutOut, deskOf, moveChapter, pieceOf, settleCut, type Editor } from './recut.ts'

export interface RecutOptions extends PermissionOptions {
  readonly catalogue: PublicCatalogue
  /** The cuts of a recording became others. */
  readonly onCut: (meeting: string) => Promise<void>
}

type ByCut = FastifyRequest<{ Params: { meeting: string; cut: string } }>
type Recorded = Parameters<typeof deskOf>[0]

const root = '/api/broadcasts/:meeting/recording'
const signed = { onRequest: signedIn }

/** Routes for whoever corrects a recording: the administration, or who presides over the meeting. */
export function recutRoutes(app: FastifyInstance, options: RecutOptions): void {
  readingRoutes(app, options)
  cuttingRoutes(app, options)
}

function readingRoutes(app: FastifyInstance, options: RecutOptions): void {
  app.get(root, signed, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply, options)
    return broadcast ? reply.send(deskOf(recordedOf(request, broadcast, options))) : reply
  })

  app.get(`${root}/piece`, { ...signed, compress: false }, async (request: ByMeeting, reply) => {
    const query = v.safeParse(pieceQuerySchema, request.query)
    const broadcast = await permitted(request, reply, options)
    if (!broadcast) return reply
    if (!query.success) return sendFailure(reply, { error: 'bad-request', message: query.issues[0].message })
    const piece = pieceOf(broadcast, query.output)
    if (!piece) return sendFailure(reply, { error: 'not-found', message: 'Nothing is recorded of that time.' })
    const bytes = await begunBytes(request, reply, {
      bytes: piece.bytes(),
      mayRead: () => isTransmitter(request, options),
    })
    return bytes ? reply.header('content-length', piece.size).type(partType).send(bytes) : reply
  })
}

function cuttingRoutes(app: FastifyInstance, options: RecutOptions): void {
  app.post(`${root}/cuts`, signed, async (request: ByMeeting, reply) => {
    const body = readBody(cutRequestSchema, request, reply)
    if (!body) return reply
    return correct(request, reply, { options, make: (recorded, editor) => cutOut(recorded, body, editor) })
  })

  app.delete(`${root}/cuts/:cut`, signed, async (request: ByCut, reply) => {
    const { cut } = request.params
    const settled = { cut, kind: 'cut-undone' } as const
    return correct(request, reply, { options, make: (recorded, editor) => settleCut(recorded, settled, editor) })
  })

  app.post(`${root}/cuts/:cut/final`, signed, async (request: ByCut, reply) => {
    const { cut } = request.params
    const settled = { cut, kind: 'cut-final' } as const
    return correct(request, reply, { options, make: (recorded, editor) => settleCut(recorded, settled, editor) })
  })

  app.put(`${root}/chapters`, signed, async (request: ByMeeting, reply) => {
    const body = readBody(chapterRequestSchema, request, reply)
    if (!body) return reply
    return correct(request, reply, { options, make: (recorded, editor) => moveChapter(recorded, body, editor) })
  })
}

interface Correcting {
  readonly options: RecutOptions
  readonly make: (recorded: Recorded, editor: Editor) => Promise<CorrectionRefusalReason | undefined>
}

/** Makes a correction, and answers with what the recording is afterwards. */
async function correct(
  request: ByMeeting | ByCut,
  reply: FastifyReply,
  { options, make }: Correcting,
): Promise<FastifyReply> {
  const broadcast = await permitted(request, reply, options)
  const { account } = request.session ?? {}
  if (!broadcast || !account) return reply
  const recorded = recordedOf(request, broadcast, options)
  const reason = await make(recorded, { by: account.id, name: account.name })
  if (reason !== undefined) {
    const refusal: CorrectionRefusal = { error: 'conflict', message: 'Nothing was corrected.', reason }
    return sendFailure(reply, refusal)
  }
  await options.onCut(request.params.meeting)
  return reply.send(deskOf(recorded))
}

const recordedOf = ({ params }: ByMeeting, broadcast: Broadcast, { catalogue }: RecutOptions): Recorded => ({
  broadcast,
  progress: catalogue.progress(params.meeting),
  nameOf: (item) => {
    const found = catalogue.get('agenda-item', item)
    return found?.public ? found.name : undefined
  },
})
