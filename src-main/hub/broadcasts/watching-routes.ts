import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { MeetingProgress } from '../../../shared/council/meeting-progress.ts'
import { partType, type PublicBroadcast } from '../../../shared/hub-api/broadcast.ts'
import { movedChapters } from '../../../shared/rules/broadcast/jump-marks.ts'
import { masterPlaylist } from '../../../shared/rules/broadcast/master-playlist.ts'
import { sendFailure } from '../failure.ts'
import type { Broadcast } from './broadcast.ts'
import { isGone } from './recorded/recorded-files.ts'
import { gone, recordedRoutes } from './recorded/recorded-routes.ts'
import type { Broadcasts } from './broadcasts.ts'
import type { MeetingCaptions } from './captions/meeting-captions.ts'
import {
  blockedCache,
  followedAhead,
  liveRoute,
  mediaCache,
  mediaRoute,
  missing,
  notReady,
  placeOfPart,
  playlistType,
} from './followed.ts'
import type { LiveRendition, Place } from './live-rendition.ts'

export interface WatchingOptions {
  readonly broadcasts: Broadcasts
  readonly captions: MeetingCaptions
  /** Whether everybody may know of the meeting. */
  readonly isPublic: (meeting: string) => boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** What everybody may know of how a meeting goes. */
  readonly progressOf: (meeting: string) => MeetingProgress | undefined
  /** Until when a recording is kept; undefined: without an end. */
  readonly keptUntil: (broadcast: Broadcast) => number | undefined
}

type ByKey = FastifyRequest<{ Params: { key: string } }>
type ByRendition = FastifyRequest<{ Params: { key: string; rendition: string } }>
type ByName = FastifyRequest<{ Params: { key: string; rendition: string; name: string } }>

/** What councils speak. */
const captionTrack = { uri: 'captions/recording.m3u8', language: 'de', name: 'Deutsch' }
const freshCache = 'public, max-age=1'

/** Routes for everybody: playlists and media, without accounts, cookies or anything that tells watchers apart. */
export function watchingRoutes(app: FastifyInstance, options: WatchingOptions): void {
  app.answerAhead(followedAhead(options))
  const find = async (key: string): Promise<Broadcast | undefined> => {
    const meeting = `meeting:${key}`
    const broadcast = options.isPublic(meeting) ? await options.broadcasts.find(meeting) : undefined
    return broadcast?.hasBegun ? broadcast : undefined
  }
  /** Between the end of its time and the next tidying a recording is there, and is not given any more. */
  const isOver = (broadcast: Broadcast | undefined): boolean =>
    broadcast !== undefined && isGone(broadcast, (options.keptUntil(broadcast) ?? Infinity) <= options.now())
  const areThere = async (key: string): Promise<boolean> =>
    ((await options.captions.find(`meeting:${key}`))?.captions.shown.length ?? 0) > 0

  app.get('/broadcast/:key/state', async (request: ByKey, reply) => {
    if (!options.isPublic(`meeting:${request.params.key}`)) return sendFailure(reply, missing)
    const broadcast = await find(request.params.key)
    const progress = options.progressOf(`meeting:${request.params.key}`)
    const state = await stateOf(isOver(broadcast) ? 'over' : 'kept', broadcast, { ...options, progress })
    return reply.header('cache-control', freshCache).send(state)
  })

  for (const kind of ['live', 'recording'])
    app.get(`/broadcast/:key/${kind}.m3u8`, async (request: ByKey, reply) => {
      const broadcast = await find(request.params.key)
      if (kind === 'recording' && isOver(broadcast)) return gone(reply)
      if (!broadcast || (kind === 'recording' && broadcast.recording.isEmpty)) return sendFailure(reply, missing)
      const hasCaptions = kind === 'recording' && (await areThere(request.params.key))
      const playlist = masterPlaylist(
        broadcast.air.renditions,
        (rendition) => `${rendition}/${kind}.m3u8`,
        hasCaptions ? captionTrack : undefined,
      )
      return reply.type(playlistType).header('cache-control', freshCache).send(playlist)
    })

  app.get(liveRoute, async (request: ByRendition, reply) => {
    const live = (await find(request.params.key))?.live(request.params.rendition)
    return live ? sendPlaylist(request, reply, live) : sendFailure(reply, missing)
  })

  recordedRoutes(app, { find, isOver, isPublic: (key) => options.isPublic(`meeting:${key}`) })

  app.get(mediaRoute, async (request: ByName, reply) => {
    const { key, rendition, name } = request.params
    const broadcast = await find(key)
    const live = broadcast?.live(rendition)
    const place = placeOfPart(name)
    // The part that the playlist hints at is waited for (RFC 8216bis, 6.2.6).
    if (live && place && live.isNext(place)) await live.reach(place, onLeave(reply))
    const media = live?.media(name) ?? broadcast?.init(rendition, name)
    return media ? reply.type(partType).header('cache-control', mediaCache).send(media) : sendFailure(reply, missing)
  })
}

async function stateOf(
  kept: 'kept' | 'over',
  broadcast: Broadcast | undefined,
  { keptUntil, now, progress }: WatchingOptions & { readonly progress: MeetingProgress | undefined },
): Promise<PublicBroadcast> {
  if (!broadcast)
    return { status: 'none', watchers: 0, delay: 0, renditions: [], recorded: false, held: [], now: now() }
  const [best] = broadcast.air.renditions
  const isKept = kept === 'kept'
  const downloads = best && isKept && broadcast.hasEnded ? broadcast.recording.downloads(best.rendition) : []
  const until = keptUntil(broadcast)
  const second = broadcast.secondPicture
  return {
    ...broadcast.publicState,
    ...(second ? { second: { ...second, recorded: isKept && second.recorded } } : {}),
    recorded: isKept && !broadcast.recording.isEmpty,
    held: isKept ? broadcast.recording.watchable(broadcast.hasEnded) : [],
    chapters: Object.fromEntries(movedChapters(progress, broadcast.corrections.chapters)),
    ...(best && downloads.length > 0 ? { download: { rendition: best.rendition, files: downloads.length } } : {}),
    ...(until === undefined ? {} : { keptUntil: new Date(until).toISOString() }),
  }
}

/** A live playlist, at once or as soon as it holds what is asked for (RFC 8216bis, 6.2.5.2). */
async function sendPlaylist(request: FastifyRequest, reply: FastifyReply, live: LiveRendition): Promise<FastifyReply> {
  const place = placeIn(request.query as Readonly<Record<string, unknown>>)
  if (place === 'malformed' || (place && live.isAhead(place)))
    return sendFailure(reply, { error: 'bad-request', message: 'Nobody can wait for that.' })
  if (place && !(await live.reach(place, onLeave(reply)))) return sendFailure(reply, notReady)
  return reply
    .type(playlistType)
    .header('cache-control', place ? blockedCache : freshCache)
    .send(live.playlist)
}

const number = /^\d{1,15}$/

function placeIn(query: Readonly<Record<string, unknown>>): Place | 'malformed' | undefined {
  const { _HLS_msn: sequence, _HLS_part: part } = query
  if (sequence === undefined) return part === undefined ? undefined : 'malformed'
  const given = [sequence, ...(part === undefined ? [] : [part])]
  if (!given.every((text) => typeof text === 'string' && number.test(text))) return 'malformed'
  return { sequence: Number(sequence), ...(part === undefined ? {} : { part: Number(part) }) }
}

/** Whoever closes the connection waits for nothing any more. */
const onLeave =
  (reply: FastifyReply) =>
  (leave: () => void): void =>
    void reply.raw.once('close', leave)
