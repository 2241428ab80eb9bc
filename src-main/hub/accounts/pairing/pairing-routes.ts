import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  pairingClaimSchema,
  pairingConfirmationSchema,
  pairingRequestSchema,
} from '../../../../shared/hub-api/account.ts'
import { paths, type PairingInfo } from '../../../../shared/hub-api/contract.ts'
import { lentMs } from '../../../../shared/hub-api/room-device.ts'
import { Attempts } from '../../attempts.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import { mayInvite } from '../account-routes.ts'
import { only } from '../authentication.ts'
import { handOut, sendTooMany, type SessionRoutesOptions } from '../session-routes.ts'
import { Pairings, type Waiting } from './pairings.ts'

export interface PairingRoutesOptions extends SessionRoutesOptions {
  /** Whether the working state holds a location of that record id. */
  readonly isLocation: (id: string) => Promise<boolean>
  readonly now: () => number
}

/** A board shows a code, somebody confirms it on a device of their own, and the board gets what was confirmed. */
export function pairingRoutes(app: FastifyInstance, options: PairingRoutesOptions): void {
  const pairings = new Pairings(options.now)
  openRoute(app, pairings)
  claimRoute(app, options, pairings)
  confirmationRoutes(app, options, pairings)
}

function openRoute(app: FastifyInstance, pairings: Pairings): void {
  const openings = new Attempts([{ points: 60, duration: 900 }])
  app.post(paths.pairings, { config: { revokedToo: true } }, async (request, reply) => {
    const body = readBody(pairingRequestSchema, request, reply)
    if (!body) return reply
    const { session } = request
    if (session && (session.room === undefined || session.lent))
      return sendFailure(reply, { error: 'forbidden', message: 'This device belongs to a person.' })
    const opening = await openings.begin(request.ip)
    if (!opening.ok) return sendTooMany(reply, opening.failure)
    const pairing = pairings.open(session?.device.id ?? null, session ? (body.meeting ?? null) : null)
    if (!pairing) return sendTooMany(reply, { retryAfter: 60 })
    return reply.code(201).header('cache-control', 'no-store').send(pairing)
  })
}

function claimRoute(app: FastifyInstance, options: PairingRoutesOptions, pairings: Pairings): void {
  const { accounts, devices, sessions, beginSession } = options
  const guesses = new Attempts([{ points: 30, duration: 900 }])
  app.post(paths.pairingClaim, { config: { revokedToo: true } }, async (request, reply) => {
    const body = readBody(pairingClaimSchema, request, reply)
    if (!body) return reply
    const guess = await guesses.begin(request.ip)
    if (!guess.ok) return sendTooMany(reply, guess.failure)
    const waiting = pairings.bySecret(body.secret)
    if (!waiting || waiting.at !== (request.session?.device.id ?? null)) return sendOver(reply)
    await guess.value.refund()
    const { confirmed } = waiting
    if (!confirmed) return reply.code(202).header('cache-control', 'no-store').send()
    // Two questions at once get it once: nothing waits from here on.
    if (pairings.bySecret(body.secret) !== waiting) return sendOver(reply)
    pairings.remove(waiting)
    // Whoever confirmed it may have been signed out meanwhile, or be somebody else by now.
    const by = sessions.currentSession(confirmed.by)
    if (!by) return sendOver(reply)
    if (confirmed.as === 'room') {
      if (!mayInvite(by.principal)) return sendOver(reply)
      const account = accounts.createRoom(confirmed.name, confirmed.room)
      sessions.recheck()
      return beginSession(request, reply, account, { device: { name: confirmed.name }, token: body.token })
    }
    const { at, meeting } = waiting
    const room = at === null ? undefined : sessions.currentSession(at)
    if (!room) return sendOver(reply)
    const until = new Date(options.now() + lentMs).toISOString()
    const begun = devices.lend(by.account.id, room.device.name, { at: room.device.id, until, meeting })
    for (const { account, id } of begun.ended) sessions.tell({ kind: 'revoked', account, device: id })
    return handOut(options, request, reply, { ...begun, asToken: body.token })
  })
}

type ByCode = { Params: { code: string } }

function confirmationRoutes(app: FastifyInstance, options: PairingRoutesOptions, pairings: Pairings): void {
  const { devices, accounts, isLocation } = options
  const guesses = new Attempts([{ points: 10, duration: 900 }])
  const find = async (request: FastifyRequest<ByCode>, reply: FastifyReply): Promise<Waiting | undefined> => {
    const { account, room } = request.session!
    if (room !== undefined)
      return void sendFailure(reply, { error: 'forbidden', message: 'Confirm it on a device of your own.' })
    const guess = await guesses.begin(account.id)
    if (!guess.ok) return void sendTooMany(reply, guess.failure)
    const waiting = pairings.byCode(request.params.code)
    // Whoever may not let devices in learns of no device that wants to be let in.
    if (!waiting || (waiting.at === null && !mayInvite(request.principal))) return void sendOver(reply)
    await guess.value.refund()
    return waiting
  }
  const infoOf = ({ at, expires }: Waiting): PairingInfo => {
    const device = at === null ? undefined : devices.byId(at)
    const room = device && accounts.byId(device.account)?.room
    if (!device || !room) return { kind: 'room', expires }
    return { kind: 'session', name: device.name, room, expires }
  }

  app.get<ByCode>('/api/pairings/:code', { onRequest: only() }, async (request, reply) => {
    const waiting = await find(request, reply)
    return waiting ? reply.header('cache-control', 'no-store').send(infoOf(waiting)) : reply
  })

  app.post<ByCode>('/api/pairings/:code', { onRequest: only() }, async (request, reply) => {
    const waiting = await find(request, reply)
    if (!waiting) return reply
    const body = readBody(pairingConfirmationSchema, request, reply)
    if (!body) return reply
    if ((body.as === 'room') !== (waiting.at === null))
      return sendFailure(reply, { error: 'conflict', message: 'This code stands for something else.' })
    if (body.as === 'room' && !(await isLocation(body.room))) {
      const faults = [{ field: 'room', message: 'There is no such location.' }]
      return sendFailure(reply, { error: 'bad-request', message: 'The body does not fit.', faults })
    }
    if (waiting.confirmed) return sendOver(reply)
    waiting.confirmed = { ...body, by: request.session!.device.id }
    return reply.code(204).send()
  })
}

const sendOver = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'not-found', message: 'This code is used or over.' })
