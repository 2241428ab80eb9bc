import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { partType } from '../../../../shared/hub-api/broadcast.ts'
import { sendFailure } from '../../failure.ts'
import type { Broadcast } from '../broadcast.ts'
import { begunBytes } from './begun-bytes.ts'
import { sendFile } from './public-file.ts'

interface RecordedOptions {
  /** The broadcast of a public meeting. */
  readonly find: (key: string) => Promise<Broadcast | undefined>
  /** Whether everybody may know of the meeting at this moment. */
  readonly isPublic: (key: string) => boolean
  /** Whether what was recorded is not given any more. */
  readonly isOver: (broadcast: Broadcast | undefined) => boolean
}

type ByRendition = FastifyRequest<{ Params: { key: string; rendition: string } }>
type ByNumber = FastifyRequest<{ Params: { key: string; rendition: string; number: string } }>

/** Routes for everybody to what is recorded of a rendition: as a playlist, and as files once it is over. */
export function recordedRoutes(app: FastifyInstance, { find, isPublic, isOver }: RecordedOptions): void {
  const mayRead = (key: string, broadcast: Broadcast | undefined) => () => isPublic(key) && !isOver(broadcast)

  app.get('/broadcast/:key/:rendition/recording.m3u8', async (request: ByRendition, reply) => {
    const broadcast = await find(request.params.key)
    if (isOver(broadcast)) return gone(reply)
    const playlist = broadcast?.recording.playlist(request.params.rendition, broadcast.hasEnded)
    if (playlist === undefined) return missing(reply)
    return reply.type('application/vnd.apple.mpegurl').header('cache-control', 'public, max-age=1').send(playlist)
  })

  app.get('/broadcast/:key/:rendition/recording.mp4', async (request: ByRendition, reply) => {
    const broadcast = await find(request.params.key)
    if (isOver(broadcast)) return gone(reply)
    const file = broadcast?.recording.file(request.params.rendition)
    if (!file) return missing(reply)
    return sendFile(request, reply, { file, mayRead: mayRead(request.params.key, broadcast) })
  })

  app.get('/broadcast/:key/:rendition/download/:number', async (request: ByNumber, reply) => {
    const { key, rendition, number: asked } = request.params
    const broadcast = await find(key)
    if (isOver(broadcast)) return gone(reply)
    const downloads = broadcast?.hasEnded ? broadcast.recording.downloads(rendition) : []
    const download = /^\d{1,15}$/.test(asked) ? downloads[Number(asked) - 1] : undefined
    if (!download) return missing(reply)
    const bytes = await begunBytes(request, reply, { bytes: download.bytes(), mayRead: mayRead(key, broadcast) })
    if (!bytes) return reply
    return reply
      .headers({ 'cache-control': 'no-cache', 'content-length': download.size })
      .header('content-disposition', `attachment; filename="${encodeURIComponent(key)}-${Number(asked)}.mp4"`)
      .type(partType)
      .send(bytes)
  })
}

/** The answer where something was once. */
export const gone = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'gone', message: 'The recording is not kept any more.' })

const missing = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'not-found', message: 'There is no such broadcast.' })
