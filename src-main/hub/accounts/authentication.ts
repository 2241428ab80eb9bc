import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { nobody, type Principal } from '../../../shared/rules/access.ts'
import { sendFailure } from '../failure.ts'
import type { AccountSessions } from './sessions.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route also answers devices that were revoked: signing in again must remain possible. */
    revokedToo?: boolean
  }
}

export interface AuthenticationOptions {
  readonly sessions: AccountSessions
  /** Tells this hub's cookies from those of another hub on the same host: cookies ignore ports. */
  readonly installation: string
  /** The origin that browsers see, when a proxy hides it; otherwise that of the request counts. */
  readonly publicUrl?: string | undefined
  readonly appOrigins: readonly string[]
  readonly sessionDays: number
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Where clients of ours ask; everything else is also read by browsers that merely still hold a cookie. */
const clientPaths = /^\/(?:api|db)\//

/** The session cookie of a hub: names, reads, sets and clears it. */
export class SessionCookie {
  readonly #options: Pick<AuthenticationOptions, 'installation' | 'sessionDays' | 'publicUrl'>

  constructor(options: Pick<AuthenticationOptions, 'installation' | 'sessionDays' | 'publicUrl'>) {
    this.#options = options
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name(request)]
  }

  set(request: FastifyRequest, reply: FastifyReply, token: string): void {
    const maxAge = this.#options.sessionDays * 86_400
    void reply.setCookie(this.#name(request), token, { ...this.#attributes(request), maxAge })
  }

  clear(request: FastifyRequest, reply: FastifyReply): void {
    void reply.clearCookie(this.#name(request), this.#attributes(request))
  }

  #isSecure(request: FastifyRequest): boolean {
    return request.protocol === 'https' || this.#options.publicUrl?.startsWith('https:') === true
  }

  #name(request: FastifyRequest): string {
    return `${this.#isSecure(request) ? '__Host-' : ''}ratssaal-${this.#options.installation}`
  }

  #attributes(request: FastifyRequest) {
    return { httpOnly: true, sameSite: 'strict', secure: this.#isSecure(request), path: '/' } as const
  }
}

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer ([\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1]

/**
 * Whether a request that changes something comes from where a person of ours acts. Browsers say where a request comes
 * from (Fetch Metadata, else Origin); a cookie without either, or with a foreign origin, is refused.
 */
function isForged(request: FastifyRequest, hasCookie: boolean, options: AuthenticationOptions): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site === 'same-origin') return false
  const own = [`${request.protocol}://${request.host}`, options.publicUrl]
  if (site === undefined && origin !== undefined && own.includes(origin)) return false
  if (hasCookie) return true
  return origin !== undefined && !options.appOrigins.includes(origin)
}

/** The token with which a request comes, whatever it stands for. */
export const tokenOf = (request: FastifyRequest, cookie: SessionCookie): string | undefined =>
  bearerOf(request) ?? cookie.read(request)

/** Puts who asks on every request before any route runs: by bearer token, else by cookie. */
export function authenticate(app: FastifyInstance, cookie: SessionCookie, options: AuthenticationOptions): void {
  app.decorateRequest('principal')
  app.decorateRequest('session', null)
  app.addHook('onRequest', async (request, reply) => {
    request.principal = nobody
    const bearer = bearerOf(request)
    const cookieToken = bearer === undefined ? cookie.read(request) : undefined
    const unsafe = !safeMethods.has(request.method)
    if (unsafe && bearer === undefined && isForged(request, cookieToken !== undefined, options))
      return sendFailure(reply, { error: 'forbidden', message: 'This request comes from another site.' })
    const token = bearer ?? cookieToken
    const standing = token === undefined ? undefined : options.sessions.standingOf(token)
    if (standing?.kind === 'session') {
      request.session = standing.session
      request.principal = standing.session.principal
    } else if (standing?.kind === 'revoked' && clientPaths.test(request.url) && !request.routeOptions.config.revokedToo)
      return sendFailure(reply, { error: 'revoked', message: 'This device may no longer sign in; purge its data.' })
    return undefined
  })
}

/** Route hook: only for those who are signed in and pass the rule. */
export const only =
  (mayAsk: (principal: Principal) => boolean = () => true) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!request.session) return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
    if (!mayAsk(request.principal)) return sendFailure(reply, { error: 'forbidden', message: 'Your role may not.' })
    return undefined
  }
