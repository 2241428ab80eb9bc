import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { locales, type Locale } from '../../../shared/i18n/index.ts'
import type { AnyRecord, RecordOf, RecordType } from '../../../shared/council/records/index.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'
import type { TransmissionOf } from '../public-transmissions.ts'
import { organizationToIcal, papersToAtom } from './feeds.ts'
import { layoutOf, type Assets } from './layout.ts'
import { serveProgress, serveSignals } from './course/index.ts'
import { minutesPage } from './minutes/minutes-page.ts'
import { resolutionPage } from './minutes/resolution-page.ts'
import { resolutionsPage } from './minutes/resolutions-page.ts'
import { agendaItemPage } from './pages/agenda-item.ts'
import { calendarPage } from './pages/calendar.ts'
import { faultPage } from './pages/fault.ts'
import { mirrorPage } from './pages/mirror.ts'
import { meetingPage } from './pages/meeting.ts'
import { organizationPage } from './pages/organization.ts'
import { organizationsPage } from './pages/organizations.ts'
import { paperPage } from './pages/paper.ts'
import { papersPage } from './pages/papers.ts'
import { peoplePage, personPage } from './pages/people.ts'
import { recordingsPage } from './recordings/recordings-page.ts'
import { startPage } from './pages/start.ts'
import type { Page, View } from './view.ts'
import { serveWatchPage, type WatchNotice } from './watch/watch-page.ts'

export interface SiteOptions {
  readonly catalogue: PublicCatalogue
  /** The address by which everybody reaches the hub, such as `https://rat.example.org`. */
  readonly publicUrl: string | (() => string)
  /** IANA name of the town's time zone. */
  readonly timeZone: string
  /** Milliseconds since 1970, as `Date.now`. */
  readonly clock: () => number
  readonly transmissionOf?: TransmissionOf
  /** Holds the built page on which meetings are watched. */
  readonly appFolder?: string
  /** What the town says before anything plays. */
  readonly watchNotice?: WatchNotice | undefined
}

/** Nothing inline, nothing from elsewhere, no script at all. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const formPolicy = contentSecurityPolicy.replace("form-action 'none'", "form-action 'self'")
/** A page that keeps itself current runs our script, and hears from us. */
const livePolicy = `${contentSecurityPolicy}; script-src 'self'; connect-src 'self'`

/**
 * The public site, without cookies: at `/` in the browser's language, at `/de` and `/en` fixed. Everything is there
 * without script; the page of a running meeting has one that keeps it current.
 */
export const siteRoutes: FastifyPluginAsync<SiteOptions> = async (app, options) => {
  const assets = {
    stylesheet: await serveAsset(app, 'style.css', 'text/css; charset=utf-8'),
    liveScript: await serveAsset(app, 'live.js', 'text/javascript; charset=utf-8'),
  }
  serveFeeds(app, options)
  serveSignals(app, options.catalogue)
  for (const prefix of ['', ...locales.map((locale) => `/${locale}`)])
    await app.register(async (scope) => servePages(scope, new PageServer(options, assets, prefix), options), { prefix })
}

/** Serves a file under an address that names its content; returns the address. */
async function serveAsset(app: FastifyInstance, name: string, type: string): Promise<string> {
  const bytes = await readFile(new URL(`./assets/${name}`, import.meta.url))
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const address = `/site/${name.replace('.', `-${digest}.`)}`
  app.get(address, (_, reply) =>
    reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(bytes),
  )
  return address
}

const origin = ({ publicUrl }: SiteOptions): string => (typeof publicUrl === 'string' ? publicUrl : publicUrl())

const policyOf = ({ isLive, hasForm }: Page): string =>
  isLive ? livePolicy : hasForm ? formPolicy : contentSecurityPolicy

function serveFeeds(app: FastifyInstance, options: SiteOptions): void {
  app.get('/papers.atom', (_, reply) =>
    reply.type('application/atom+xml; charset=utf-8').send(papersToAtom(options.catalogue, origin(options))),
  )
  app.get<{ Params: { key: string } }>('/organization/:key/calendar.ics', (request, reply) => {
    const organization = options.catalogue.get('organization', `organization:${request.params.key}`)
    if (!organization) return reply.callNotFound()
    const calendar = organizationToIcal(options.catalogue, organization, origin(options))
    return reply.type('text/calendar; charset=utf-8').send(calendar)
  })
}

type PageOf<Type extends RecordType> = (view: View, record: RecordOf[Type]) => Page

/** Answers pages under one prefix. */
class PageServer {
  readonly #options: SiteOptions
  readonly #assets: Assets
  readonly #prefix: string

  constructor(options: SiteOptions, assets: Assets, prefix: string) {
    this.#options = options
    this.#assets = assets
    this.#prefix = prefix
  }

  viewOf(request: FastifyRequest): View {
    const { catalogue, timeZone, clock, transmissionOf = () => undefined } = this.#options
    const fixed = locales.find((locale) => this.#prefix === `/${locale}`)
    const locale = fixed ?? preferredLocale(request.headers['accept-language'])
    const rest = request.url.slice(this.#prefix.length)
    const path = rest.startsWith('/') ? rest : `/${rest}`
    return { catalogue, timeZone, transmissionOf, now: clock(), locale, prefix: this.#prefix, path }
  }

  send(reply: FastifyReply, view: View, page: Page): FastifyReply {
    return reply
      .code(page.status ?? 200)
      .header('content-security-policy', policyOf(page))
      .header('content-language', view.locale)
      .header('vary', 'accept-language')
      .type('text/html; charset=utf-8')
      .send(layoutOf(view, page, this.#assets).text)
  }

  /** A page that is there whenever its address is right. */
  page(make: (view: View, query: Readonly<Record<string, unknown>>) => Page | undefined) {
    return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const view = this.viewOf(request)
      return this.send(
        reply,
        view,
        make(view, request.query as object as Record<string, unknown>) ?? faultPage(view, 'missing'),
      )
    }
  }

  /** The page of a record; what once was public says so. */
  record<Type extends RecordType>(type: Type, make: PageOf<Type>) {
    return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const view = this.viewOf(request)
      const id: AnyRecord['_id'] = `${type}:${(request.params as { key: string }).key}`
      const record = view.catalogue.get(type, id)
      if (record) return this.send(reply, view, make(view, record))
      return this.send(reply, view, faultPage(view, view.catalogue.tombstone(id) ? 'gone' : 'missing'))
    }
  }
}

function servePages(scope: FastifyInstance, server: PageServer, options: SiteOptions): void {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const isOurs = (error.statusCode ?? 500) >= 500
    if (isOurs) request.log.error({ err: error }, 'page failed')
    const view = server.viewOf(request)
    return server.send(reply, view, faultPage(view, isOurs ? 'failed' : 'missing'))
  })
  scope.get('/', { prefixTrailingSlash: 'both' }, server.page(startPage))
  scope.get(
    '/meetings',
    server.page((view, query) => calendarPage(view, text(query['month']))),
  )
  scope.get(
    '/papers',
    server.page((view, query) => papersPage(view, text(query['page']))),
  )
  scope.get('/organizations', server.page(organizationsPage))
  scope.get('/people', server.page(peoplePage))
  scope.get('/meeting/:key', server.record('meeting', meetingPage))
  scope.get(
    '/meeting/:key/text',
    server.record('meeting', (view, meeting) => mirrorPage(view, meeting) ?? faultPage(view, 'missing')),
  )
  scope.get(
    '/meeting/:key/minutes',
    server.record('meeting', (view, meeting) => minutesPage(view, meeting) ?? faultPage(view, 'missing')),
  )
  scope.get('/resolution/:key', server.record('resolution', resolutionPage))
  scope.get(
    '/resolutions',
    server.page((view, query) => resolutionsPage(view, text(query['page']))),
  )
  scope.get(
    '/recordings',
    server.page((view, query) => recordingsPage(view, { words: text(query['q']), page: text(query['page']) })),
  )
  serveProgress(scope, (request) => server.viewOf(request))
  serveWatchPage(scope, { ...options, viewOf: (request) => server.viewOf(request) })
  scope.get('/agenda-item/:key', server.record('agenda-item', agendaItemPage))
  scope.get('/paper/:key', server.record('paper', paperPage))
  scope.get('/organization/:key', server.record('organization', organizationPage))
  scope.get('/person/:key', server.record('person', personPage))
  scope.get('/*', (request, reply) => {
    // Programs that ask for what is not there are answered by the hub, people by a page.
    if (!request.headers.accept?.includes('text/html')) return reply.callNotFound()
    const view = server.viewOf(request)
    return server.send(reply, view, faultPage(view, 'missing'))
  })
}

/** The best of our languages for an `Accept-Language` header (RFC 9110, section 12.5.4); German without a wish. */
function preferredLocale(header: string | undefined): Locale {
  const wishes = (header ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const quality = parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2)
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) || 0 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wishes) {
    const locale = locales.find((known) => known === language)
    if (locale) return locale
  }
  return 'de'
}
