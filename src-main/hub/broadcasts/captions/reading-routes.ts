import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  captionsPlaylist,
  captionsSegment,
  captionsUri,
  cuesOf,
} from '../../../../shared/rules/broadcast/caption-track.ts'
import { writeWebVtt } from '../../../../shared/rules/broadcast/webvtt.ts'
import { eventStreams } from '../../event-stream.ts'
import { sendFailure } from '../../failure.ts'
import { publicCaption } from './captions.ts'
import { fetched } from '../recorded/begun-bytes.ts'
import { mediaStart } from './media-start.ts'
import type { Captioned, MeetingCaptions } from './meeting-captions.ts'

interface ReadingOptions {
  readonly captions: MeetingCaptions
  /** Whether everybody may know of the meeting. */
  readonly isPublic: (meeting: string) => boolean
}

type ByKey = FastifyRequest<{ Params: { key: string } }>
type BySegment = FastifyRequest<{ Params: { key: string; segment: string } }>

/** Whoever has an answer asks before showing it again: what is taken back is gone at once. */
const cache = 'no-cache'
const vttType = 'text/vtt; charset=utf-8'

/** Captions for everybody: while it happens, as a list, and beside the recording as HLS has them (RFC 8216, 3.5). */
export function readingRoutes(app: FastifyInstance, { captions, isPublic }: ReadingOptions): void {
  const find: Find = async ({ params: { key } }) => {
    const meeting = `meeting:${key}`
    const found = isPublic(meeting) ? await captions.find(meeting) : undefined
    return found?.captions.broadcast.hasBegun ? found : undefined
  }
  const open = eventStreams(app)

  app.get('/broadcast/:key/captions', { compress: false, exposeHeadRoute: false }, async (request: ByKey, reply) => {
    const found = await find(request)
    if (!found) return missing(reply)
    const stream = open()
    stream.onClose(
      found.feed.follow((event) => {
        if (isPublic(`meeting:${request.params.key}`)) stream.tell(event)
        else stream.end()
      }),
    )
    return stream.sendTo(reply)
  })

  app.get('/broadcast/:key/captions.json', async (request: ByKey, reply) => {
    const found = await find(request)
    if (!found) return missing(reply)
    return reply.header('cache-control', cache).send(found.captions.shown.map(publicCaption))
  })

  app.get('/broadcast/:key/captions.vtt', async (request: ByKey, reply) => {
    const found = (await find(request))?.captions
    if (!found?.timeline) return missing(reply)
    const cues = cuesOf(found.shown, found.timeline.segments)
    return reply.type(vttType).header('cache-control', cache).send(writeWebVtt(cues))
  })

  trackRoutes(app, find)
}

type Find = (request: ByKey) => Promise<Captioned | undefined>

/** The track beside the recording, in segments as the media has them. */
function trackRoutes(app: FastifyInstance, find: Find): void {
  app.get('/broadcast/:key/captions/recording.m3u8', async (request: ByKey, reply) => {
    const found = (await find(request))?.captions
    if (!found?.timeline) return missing(reply)
    const playlist = captionsPlaylist(found.timeline.segments, found.broadcast.hasEnded)
    return reply.type('application/vnd.apple.mpegurl').header('cache-control', cache).send(playlist)
  })

  app.get('/broadcast/:key/captions/:segment', async (request: BySegment, reply) => {
    const found = (await find(request))?.captions
    const { rendition = '', segments = [] } = found?.timeline ?? {}
    const segment = segments.find((each) => captionsUri(each) === request.params.segment)
    const held = found?.broadcast.recording.held(rendition)
    if (!found || !segment || !held) return missing(reply)
    const start = await fetched(reply, () => mediaStart(held, segment.first))
    if (start === undefined) return reply
    // Read again after the wait: what is public may be another.
    const still = (await find(request))?.captions
    if (!still) return missing(reply)
    const cues = cuesOf(still.shown, segments)
    return reply
      .type(vttType)
      .header('cache-control', cache)
      .send(captionsSegment(cues, segment, start))
  })
}

const missing = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'not-found', message: 'There are no such captions.' })
