import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Locale } from '../../../../shared/i18n/index.ts'
import { watchedMeeting } from './watched-meeting.ts'
import type { View } from '../view.ts'

/** What is said before anything plays; German where there is no other wording. */
export type WatchNotice = Readonly<Partial<Record<Locale, string | undefined>>>

export interface WatchPageOptions {
  readonly viewOf: (request: FastifyRequest) => View
  /** Holds the built page; without it there is none. */
  readonly appFolder?: string
  readonly watchNotice?: WatchNotice | undefined
}

type ByKey = FastifyRequest<{ Params: { key: string } }>

/** Everything from this hub, and media from buffers of the player. */
const policyFor = (ancestors: string): string =>
  [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"],
    ...["connect-src 'self'", "media-src 'self' blob:", "base-uri 'none'", "form-action 'none'"],
    `frame-ancestors ${ancestors}`,
  ].join('; ')

/**
 * `GET /meeting/:key/watch`: the page on which a meeting is watched, with `?embed` within other sites' pages too, as
 * there is nothing on it that anybody could be signed in for; `watch.json`: what it shows beside the picture.
 */
export function serveWatchPage(scope: FastifyInstance, { viewOf, appFolder, watchNotice }: WatchPageOptions): void {
  const built =
    appFolder === undefined ? undefined : readFile(join(appFolder, 'watch.html'), 'utf8').catch(() => undefined)

  scope.get('/meeting/:key/watch', async (request: ByKey, reply) => {
    const page = await built
    const { catalogue, locale } = viewOf(request)
    if (page === undefined || !catalogue.get('meeting', `meeting:${request.params.key}`)) return reply.callNotFound()
    const isEmbedded = 'embed' in (request.query as object)
    return reply
      .headers({ 'content-security-policy': policyFor(isEmbedded ? '*' : "'none'"), 'cache-control': 'no-cache' })
      .headers({ 'content-language': locale, vary: 'accept-language' })
      .type('text/html; charset=utf-8')
      .send(page.replace('<html lang="de">', `<html lang="${locale}">`).replaceAll('"./', '"/app/'))
  })

  scope.get('/meeting/:key/watch.json', async (request: ByKey, reply) => {
    const view = viewOf(request)
    const meeting = view.catalogue.get('meeting', `meeting:${request.params.key}`)
    if (!meeting) return reply.callNotFound()
    const notice = watchNotice?.[view.locale] ?? watchNotice?.de
    return reply
      .headers({ 'cache-control': 'no-cache', vary: 'accept-language' })
      .send({ ...watchedMeeting(view, meeting), ...(notice === undefined ? {} : { notice }) })
  })
}
