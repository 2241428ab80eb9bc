import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { acceptInvitationSchema, setUpSchema } from '../../../shared/hub-api/account.ts'
import { paths, type InvitationInfo, type PendingInvitation, type Town } from '../../../shared/hub-api/contract.ts'
import { readBody } from '../body.ts'
import { sendFailure } from '../failure.ts'
import { Attempts } from '../attempts.ts'
import { hashPassword, isCode } from './secrets.ts'
import { sendTooMany, type BeginSession } from './session-routes.ts'
import type { AccountSessions } from './sessions.ts'
import type { Accounts } from './tables/accounts.ts'
import type { Invitations } from './tables/invitations.ts'

export interface JoiningRoutesOptions {
  readonly accounts: Accounts
  readonly invitations: Invitations
  readonly sessions: AccountSessions
  readonly beginSession: BeginSession
  /** Proves that whoever sets the hub up reads its terminal; undefined when it was set up before. */
  readonly setUpCode: string | undefined
  readonly town: () => Town
  readonly nameTown: (name: string) => Promise<void>
}

/** Ways to an account: setting the hub up, and invitations. Both need a code, and codes cannot be guessed at speed. */
export function joiningRoutes(app: FastifyInstance, options: JoiningRoutesOptions): void {
  const guesses = new Attempts([{ points: 10, duration: 900 }])
  app.get(paths.town, async (_request, reply) => reply.header('cache-control', 'no-cache').send(options.town()))
  setUpRoute(app, options, guesses)
  acceptanceRoutes(app, options, guesses)
}

function setUpRoute(app: FastifyInstance, options: JoiningRoutesOptions, guesses: Attempts): void {
  const { accounts, setUpCode } = options
  app.post(paths.setUp, { config: { revokedToo: true } }, async (request, reply) => {
    if (setUpCode === undefined || !accounts.isEmpty()) return sendConflict(reply, 'not-empty')
    const body = readBody(setUpSchema, request, reply)
    if (!body) return reply
    const guess = await guesses.begin(request.ip)
    if (!guess.ok) return sendTooMany(reply, guess.failure)
    if (!isCode(body.code, setUpCode))
      return sendFailure(reply, { error: 'wrong-credentials', message: 'That is not the code that the hub printed.' })
    await guess.value.refund()
    const { name, login, password } = body.administrator
    const created = accounts.create(
      { name, login, person: null, roles: ['administrator'], passwordHash: await hashPassword(password) },
      { whileEmpty: true },
    )
    if (!created.ok) return sendConflict(reply, created.failure)
    await options.nameTown(body.town.name)
    return options.beginSession(request, reply, created.value.id, body)
  })
}

type ByCode = { Params: { code: string } }

function acceptanceRoutes(app: FastifyInstance, options: JoiningRoutesOptions, guesses: Attempts): void {
  const { accounts, invitations, sessions, beginSession } = options
  const open = async (request: FastifyRequest<ByCode>, reply: FastifyReply): Promise<PendingInvitation | undefined> => {
    const guess = await guesses.begin(request.ip)
    if (!guess.ok) return void sendTooMany(reply, guess.failure)
    const invitation = invitations.byCode(request.params.code)
    if (!invitation) return void sendOver(reply)
    await guess.value.refund()
    return invitation
  }

  app.get<ByCode>('/api/invitations/:code', async (request, reply) => {
    const invitation = await open(request, reply)
    if (!invitation) return reply
    const { id: _id, ...shown } = invitation
    const answer: InvitationInfo = { code: request.params.code, ...shown }
    return reply.header('cache-control', 'no-store').send(answer)
  })

  app.post<ByCode>('/api/invitations/:code', { config: { revokedToo: true } }, async (request, reply) => {
    const invitation = await open(request, reply)
    if (!invitation) return reply
    const body = readBody(acceptInvitationSchema, request, reply)
    if (!body) return reply
    const passwordHash = await hashPassword(body.password)
    // Of two acceptances at once the second finds it gone: from here on nothing waits.
    if (!invitations.byCode(request.params.code)) return sendOver(reply)
    const { name, person, roles } = invitation
    const created = accounts.create({ login: body.login, name, person, roles, passwordHash })
    if (!created.ok) return sendConflict(reply, created.failure)
    invitations.remove(invitation.id)
    sessions.recheck()
    return beginSession(request, reply, created.value.id, body)
  })
}

const sendOver = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'not-found', message: 'This invitation is used, withdrawn or over.' })

const conflicts = {
  'login-taken': 'This login is taken; choose another.',
  'person-taken': 'This person has an account already.',
  'not-empty': 'This hub is set up already.',
} as const

const sendConflict = (reply: FastifyReply, conflict: keyof typeof conflicts): FastifyReply =>
  sendFailure(reply, { error: 'conflict', message: conflicts[conflict] })
