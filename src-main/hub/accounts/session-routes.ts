import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { passwordChangeSchema, signInSchema, type SignIn } from '../../../shared/hub-api/account.ts'
import { paths, type LiveTicket, type SessionInfo } from '../../../shared/hub-api/contract.ts'
import { readBody } from '../body.ts'
import { sendFailure } from '../failure.ts'
import { Attempts } from '../attempts.ts'
import { only, type SessionCookie } from './authentication.ts'
import { hashPassword, isOutdated, isPassword } from './secrets.ts'
import type { AccountSessions } from './sessions.ts'
import type { Accounts } from './tables/accounts.ts'
import type { Devices } from './tables/devices.ts'

export interface SessionRoutesOptions {
  readonly accounts: Accounts
  readonly devices: Devices
  readonly sessions: AccountSessions
  readonly cookie: SessionCookie
  /** Begins a session on a device and answers with it. */
  readonly beginSession: BeginSession
}

export type BeginSession = (
  request: FastifyRequest,
  reply: FastifyReply,
  account: string,
  asked: Pick<SignIn, 'device' | 'token'>,
) => SessionInfo

/** Sessions as cookies of browsers, or as tokens of those who ask for one. */
export const sessionsBy =
  ({ devices, sessions, cookie }: Pick<SessionRoutesOptions, 'devices' | 'sessions' | 'cookie'>): BeginSession =>
  (request, reply, account, asked) =>
    handOut({ sessions, cookie }, request, reply, { ...devices.signIn(account, asked.device), asToken: asked.token })

/** Answers with a session that has just begun, and hands out its token: as a cookie, or in the answer. */
export function handOut(
  { sessions, cookie }: Pick<SessionRoutesOptions, 'sessions' | 'cookie'>,
  request: FastifyRequest,
  reply: FastifyReply,
  begun: { readonly device: string; readonly token: string; readonly asToken?: boolean | undefined },
): SessionInfo {
  const session = sessions.currentSession(begun.device)
  if (!session) throw new Error('A session that has just begun is not there.')
  void reply.header('cache-control', 'no-store')
  if (begun.asToken) return { ...session, token: begun.token }
  cookie.set(request, reply, begun.token)
  return session
}

/** Answers whoever guessed too often. */
export const sendTooMany = (reply: FastifyReply, { retryAfter }: { retryAfter: number }): FastifyReply =>
  sendFailure(reply, { error: 'too-many-requests', message: 'Too many wrong attempts.', retryAfter })

/** Ways into a session and out of it. */
export function sessionRoutes(app: FastifyInstance, options: SessionRoutesOptions): void {
  // Per address, so that one machine cannot try many logins; per login, so that many machines cannot try one; per
  // both, so that a stranger's guesses elsewhere do not lock a person out at once.
  const guesses = new Attempts([
    { points: 100, duration: 900 },
    { points: 50, duration: 3600 },
    { points: 10, duration: 300 },
  ])
  const beginGuess = (request: FastifyRequest, login: string) =>
    guesses.begin(request.ip, login, `${request.ip} ${login}`)
  signInRoutes(app, options, beginGuess)
  passwordRoute(app, options, beginGuess)

  const { sessions } = options
  app.get(paths.session, { onRequest: only() }, async (request, reply) =>
    reply.header('cache-control', 'no-store').send(request.session),
  )

  app.post(paths.liveTicket, { onRequest: only() }, async (request, reply) => {
    const answer: LiveTicket = { ticket: sessions.issueTicket(request.session!.device.id) }
    return reply.header('cache-control', 'no-store').send(answer)
  })
}

type BeginGuess = (request: FastifyRequest, login: string) => ReturnType<Attempts['begin']>

function signInRoutes(app: FastifyInstance, options: SessionRoutesOptions, beginGuess: BeginGuess): void {
  const { accounts, devices, sessions, cookie, beginSession } = options
  app.post(paths.session, { config: { revokedToo: true } }, async (request, reply) => {
    const body = readBody(signInSchema, request, reply)
    if (!body) return reply
    const login = body.login.trim().toLowerCase()
    const guess = await beginGuess(request, login)
    if (!guess.ok) return sendTooMany(reply, guess.failure)
    const known = accounts.byLogin(login)
    const matches = await isPassword(body.password, known?.passwordHash)
    if (!known || !matches)
      return sendFailure(reply, { error: 'wrong-credentials', message: 'Login or password is wrong.' })
    await guess.value.refund()
    if (known.account.disabled) return sendFailure(reply, { error: 'forbidden', message: 'This account is locked.' })
    if (isOutdated(known.passwordHash)) accounts.setPassword(known.account.id, await hashPassword(body.password))
    return beginSession(request, reply, known.account.id, body)
  })

  app.delete(paths.session, { onRequest: only() }, async (request, reply) => {
    const { account, device, lent } = request.session!
    if (lent) devices.revoke(device.id)
    else devices.signOut(device.id)
    sessions.tell({ kind: 'changed', account: account.id })
    cookie.clear(request, reply)
    return reply.code(204).send()
  })
}

function passwordRoute(app: FastifyInstance, options: SessionRoutesOptions, beginGuess: BeginGuess): void {
  const { accounts, devices, sessions } = options
  app.post(paths.password, { onRequest: only() }, async (request, reply) => {
    const body = readBody(passwordChangeSchema, request, reply)
    if (!body) return reply
    const { account, device } = request.session!
    const guess = await beginGuess(request, account.login)
    if (!guess.ok) return sendTooMany(reply, guess.failure)
    if (!(await isPassword(body.current, accounts.byLogin(account.login)?.passwordHash)))
      return sendFailure(reply, { error: 'wrong-credentials', message: 'The current password is wrong.' })
    await guess.value.refund()
    accounts.setPassword(account.id, await hashPassword(body.next))
    devices.signOutAll(account.id, device.id)
    sessions.tell({ kind: 'changed', account: account.id })
    return reply.code(204).send()
  })
}
