import type { FastifyInstance } from 'fastify'
import type { ConsentAct } from '../../../../shared/council/consent.ts'
import { consentUses } from '../../../../shared/council/consent.ts'
import type { Speaker } from '../../../../shared/council/events/speech.ts'
import {
  consentChangeSchema,
  consentFormSchema,
  type OwnConsent,
  type SpeakerConsent,
} from '../../../../shared/hub-api/consent.ts'
import { preparesMeetings, type Principal } from '../../../../shared/rules/access.ts'
import { clearanceOf, consentRules, standingsOf } from '../../../../shared/rules/broadcast/consent.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import { principalNow, signedIn } from '../../signed-in.ts'
import { transmitter, type ByMeeting, type TransmitterOptions } from '../permission.ts'
import { subjectOf, type ConsentRegister } from './register.ts'

interface ConsentRoutesOptions extends TransmitterOptions {
  readonly register: ConsentRegister
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The register of consent: everybody sees and changes their own, whoever transmits a meeting sees its speakers’. */
export function consentRoutes(app: FastifyInstance, options: ConsentRoutesOptions): void {
  ownRoutes(app, options)
  meetingRoutes(app, options)
}

function ownRoutes(app: FastifyInstance, { register, sessions, now }: ConsentRoutesOptions): void {
  app.get('/api/consents', { onRequest: signedIn }, (request, reply) =>
    reply.header('cache-control', 'no-store').send(ownOf(register, request.principal.person)),
  )

  app.put('/api/consents', { onRequest: signedIn }, async (request, reply) => {
    const body = readBody(consentChangeSchema, request, reply)
    if (!body) return reply
    const principal = principalNow(request, sessions)
    if (!principal?.account) return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
    const { person, account } = principal
    if (person === null)
      return sendFailure(reply, { error: 'forbidden', message: 'The account belongs to no person of the council.' })
    const act = { at: new Date(now()).toISOString(), by: account, rules: consentRules.version, given: body.given }
    await register.add(body.uses.map((use) => ({ ...act, use, subject: { person }, way: { kind: 'own' } })))
    return reply.header('cache-control', 'no-store').send(ownOf(register, person))
  })
}

function meetingRoutes(app: FastifyInstance, options: ConsentRoutesOptions): void {
  const { register, stateOf, now } = options

  app.get('/api/broadcasts/:meeting/consents', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const principal = await transmitter(request, reply, options)
    if (!principal) return reply
    return reply.send(speakersOf(await stateOf(request.params.meeting), register))
  })

  app.post('/api/broadcasts/:meeting/consents', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(consentFormSchema, request, reply)
    const principal = body && (await transmitter(request, reply, options))
    if (!principal) return reply
    if (!preparesMeetings(principal))
      return sendFailure(reply, { error: 'forbidden', message: 'Whoever prepares meetings enters forms.' })
    const { meeting } = request.params
    await register.add(actsOf(meeting, { ...body, by: principal, at: now() }))
    return reply.code(201).send(speakersOf(await stateOf(meeting), register))
  })
}

interface SignedForm {
  readonly speaker: Speaker
  readonly uses: readonly string[]
  readonly signed: string
  readonly by: Principal
  readonly at: number
}

const actsOf = (meeting: string, { speaker, uses, signed, by, at }: SignedForm): ConsentAct[] =>
  consentUses.map((use) => ({
    ...{ subject: subjectOf(meeting, speaker), use, given: uses.includes(use), at: new Date(at).toISOString() },
    ...{ by: by.account ?? '', way: { kind: 'form', signed }, rules: consentRules.version },
  }))

function ownOf(register: ConsentRegister, person: string | null): OwnConsent {
  const acts = person === null ? [] : register.ofPerson(person)
  return { person, acts, standings: standingsOf(acts), rules: consentRules.version }
}

/** Everybody who has a seat, stands on a list of speakers, or signed a form for the meeting. */
function speakersOf(state: MeetingState, register: ConsentRegister): SpeakerConsent[] {
  const seats = (state.constitution?.seats ?? []).map(({ person }): Speaker => ({ person }))
  const listed = [...state.speeches.values()].map(({ speaker }) => speaker)
  const named = [...seats, ...listed, ...register.guestsOf(state.meeting)]
  const speakers = new Map(named.map((speaker) => [JSON.stringify(speaker), speaker]))
  return [...speakers.values()].map((speaker) => {
    const acts = register.of(state.meeting, speaker)
    return { speaker, acts, standings: standingsOf(acts), ...clearanceOf(state, speaker, acts) }
  })
}
