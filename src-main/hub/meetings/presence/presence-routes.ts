import type { FastifyInstance, FastifyReply } from 'fastify'
import * as v from 'valibot'
import { presenceRequestSchema } from '../../../../shared/hub-api/meetings.ts'
import { idOf } from '../../../../shared/oparl/record.ts'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import { canRead, type Principal } from '../../../../shared/rules/access.ts'
import { seatOf } from '../../../../shared/rules/meeting/state.ts'
import { Attempts } from '../../attempts.ts'
import type { AudienceTurns } from '../../audience-turns.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import type { Sessions } from '../../session.ts'
import { presides } from '../../presiding.ts'
import type { HubAuthor } from '../record/hub-author.ts'
import type { MeetingRecord } from '../record/meeting-record.ts'
import type { MeetingRecords } from '../record/meeting-records.ts'
import { principalNow, signedIn } from '../../signed-in.ts'
import type { PresenceCodes } from './presence-code.ts'

export interface PresenceOptions {
  readonly store: DocumentStore
  readonly sessions: Sessions
  readonly records: MeetingRecords
  readonly author: HubAuthor
  readonly turns: AudienceTurns
  readonly codes: PresenceCodes
}

const isMeeting = (id: string): boolean => v.is(idOf('meeting'), id)

type ByMeeting = { Params: { meeting: string } }

const noMeeting = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'not-found', message: 'There is no such meeting.' })

/** The code that the room shows, and the way by which who is in the room says so with it. */
export function presenceRoutes(app: FastifyInstance, options: PresenceOptions): void {
  const { records, sessions, codes } = options
  const guesses = new Attempts([{ points: 10, duration: 300 }])
  /** The record of a meeting that the asking one may know of. */
  const find = async (principal: Principal, meeting: string): Promise<MeetingRecord | undefined> => {
    if (!isMeeting(meeting)) return undefined
    const record = await records.current(meeting)
    return record.readable.some((audience) => canRead(principal, audience)) ? record : undefined
  }

  app.get<ByMeeting>('/api/presence/:meeting', { onRequest: signedIn }, async (request, reply) => {
    const record = await find(request.principal, request.params.meeting)
    if (!record) return noMeeting(reply)
    if (!presides(request.principal, record.state))
      return sendFailure(reply, { error: 'forbidden', message: 'Who runs the meeting shows its code.' })
    return reply.header('cache-control', 'no-store').send(codes.of(record.meeting))
  })

  app.post<ByMeeting>('/api/presence/:meeting', { onRequest: signedIn }, async (request, reply) => {
    const body = readBody(presenceRequestSchema, request, reply)
    if (!body) return reply
    const principal = principalNow(request, sessions)
    if (!principal) return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
    const record = await find(principal, request.params.meeting)
    if (!record) return noMeeting(reply)
    const person = principal.person
    if (person === null || !seatOf(record.state, person))
      return sendFailure(reply, { error: 'forbidden', message: 'Only who belongs to the meeting arrives by code.' })
    const guess = await guesses.begin(principal.account ?? '')
    if (!guess.ok) {
      const { retryAfter } = guess.failure
      return sendFailure(reply, { error: 'too-many-requests', message: 'Too many wrong codes.', retryAfter })
    }
    if (!codes.isCurrent(record.meeting, body.code))
      return sendFailure(reply, { error: 'wrong-credentials', message: 'That is not the code of the moment.' })
    await guess.value.refund()
    if (!(await arrive(options, record.meeting, person)))
      return sendFailure(reply, { error: 'conflict', message: 'Nobody can arrive at this meeting now.' })
    return reply.code(204).send()
  })
}

/** Puts on record that a person is in the room, once; false when the meeting is over or not prepared. */
async function arrive(options: PresenceOptions, meeting: string, person: string): Promise<boolean> {
  const { records, store, turns, author } = options
  const { home } = await records.current(meeting)
  if (!home) return false
  const opened = await store.open(home)
  return turns.run(opened, async () => {
    const record = await records.current(meeting)
    if (!['prepared', 'open', 'paused'].includes(record.state.phase)) return false
    const attendance = record.state.attendance.get(person)
    if (attendance?.here && attendance.mode === 'room') return true
    await author.append(opened, record, [{ kind: 'person-arrived', person, mode: 'room', by: 'code' }])
    return true
  })
}
