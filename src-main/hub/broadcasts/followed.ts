import { partType } from '../../../shared/hub-api/broadcast.ts'
import { targetDuration } from '../../../shared/rules/broadcast/live-playlist.ts'
import type { AnswerAhead, NoAnswer, PublicAnswer } from '../answer-ahead.ts'
import type { Broadcasts } from './broadcasts.ts'
import type { LiveRendition, Place } from './live-rendition.ts'

export const playlistType = 'application/vnd.apple.mpegurl'
/** Media never changes; it is kept no longer than players need it, so that what is taken back is soon gone everywhere. */
export const mediaCache = 'public, max-age=60, immutable'
/** A playlist that was waited for is right for whoever waits for the same (RFC 8216bis, 6.2.5.3 and B.1). */
export const blockedCache = `public, max-age=${3 * targetDuration}`

export const missing = { error: 'not-found', message: 'There is no such broadcast.' } as const
export const notReady = { error: 'not-ready', message: 'Nothing came.' } as const

export const liveRoute = '/broadcast/:key/:rendition/live.m3u8'
export const mediaRoute = '/broadcast/:key/:rendition/:name'

/** What players ask for over and over, as they write it: the playlist that waits for a part, parts and segments. */
const followed =
  /^\/broadcast\/([0-9A-Za-z-]+)\/([a-z0-9-]{1,16})\/(?:live\.m3u8\?_HLS_msn=(\d{1,15})&_HLS_part=(\d{1,15})|((?:part|segment)-[\d-]{1,20}\.m4s))$/

/** The place of a part by its name. */
export function placeOfPart(name: string): Place | undefined {
  const [, sequence, part] = /^part-(\d{1,15})-(\d{1,3})\.m4s$/.exec(name) ?? []
  return sequence === undefined ? undefined : { sequence: Number(sequence), part: Number(part) }
}

/**
 * What those who follow a transmission are answered, thousands of them in the moment in which a part is there. Whatever
 * is not plainly there or plainly to be waited for, the routes answer.
 */
export const followedAhead =
  (options: { readonly broadcasts: Broadcasts; readonly isPublic: (meeting: string) => boolean }): AnswerAhead =>
  (url, onLeave) => {
    const [, key, rendition = '', sequence, part, name] = followed.exec(url) ?? []
    const meeting = `meeting:${key}`
    if (key === undefined || !options.isPublic(meeting)) return undefined
    const live = options.broadcasts.begun(meeting)?.live(rendition)
    if (!live) return undefined
    if (name !== undefined) return mediaOf(live, name, onLeave)
    const place = { sequence: Number(sequence), part: Number(part) }
    return live.isAhead(place) ? undefined : playlistOf(live, place, onLeave)
  }

type OnLeave = Parameters<AnswerAhead>[1]

function playlistOf(live: LiveRendition, place: Place, onLeave: OnLeave): Promise<PublicAnswer | NoAnswer> {
  const answer = { route: liveRoute, type: playlistType, cacheControl: blockedCache }
  return live
    .reach(place, onLeave)
    .then((isReached) => (isReached ? { ...answer, body: live.playlist } : { route: liveRoute, failure: notReady }))
}

function mediaOf(live: LiveRendition, name: string, onLeave: OnLeave): ReturnType<AnswerAhead> {
  const find = (): PublicAnswer | undefined => {
    const body = live.media(name)
    return body && { route: mediaRoute, type: partType, cacheControl: mediaCache, body }
  }
  const place = placeOfPart(name)
  if (!place || !live.isNext(place)) return find()
  return live.reach(place, onLeave).then(() => find() ?? { route: mediaRoute, failure: missing })
}
