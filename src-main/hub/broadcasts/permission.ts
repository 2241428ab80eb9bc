import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministration, type Principal } from '../../../shared/rules/access.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { sendFailure } from '../failure.ts'
import { presides } from '../presiding.ts'
import type { Sessions } from '../session.ts'
import { principalNow } from '../signed-in.ts'
import type { Broadcast } from './broadcast.ts'
import type { Broadcasts } from './broadcasts.ts'

export interface TransmitterOptions {
  readonly sessions: Sessions
  /** Whether everybody may know of the meeting: others are not transmitted. */
  readonly isPublic: (meeting: string) => boolean
  readonly stateOf: (meeting: string) => Promise<MeetingState>
}

export interface PermissionOptions extends TransmitterOptions {
  readonly broadcasts: Broadcasts
}

export type ByMeeting = FastifyRequest<{ Params: { meeting: string } }>

/** Who asks, when they may transmit the meeting, judged now that the body is here; others are answered. */
export async function transmitter(
  request: ByMeeting,
  reply: FastifyReply,
  { sessions, isPublic, stateOf }: TransmitterOptions,
): Promise<Principal | undefined> {
  const { meeting } = request.params
  const principal = principalNow(request, sessions)
  if (!principal) return refuse(reply, 'not-signed-in', 'Sign in first.')
  if (!isPublic(meeting)) return refuse(reply, 'not-found', 'There is no such broadcast.')
  if (!(await mayTransmit(principal, meeting, stateOf)))
    return refuse(reply, 'forbidden', 'Who runs the meeting transmits it.')
  void reply.header('cache-control', 'no-store')
  return principal
}

/** Whether who asked may transmit the meeting still, while the answer goes on. */
export async function isTransmitter(
  request: ByMeeting,
  { sessions, isPublic, stateOf }: TransmitterOptions,
): Promise<boolean> {
  const { meeting } = request.params
  const principal = principalNow(request, sessions)
  return principal !== undefined && isPublic(meeting) && (await mayTransmit(principal, meeting, stateOf))
}

/** The broadcast for whoever may transmit; others are answered. */
export async function permitted(
  request: ByMeeting,
  reply: FastifyReply,
  { isNew = false, ...options }: PermissionOptions & { readonly isNew?: boolean },
): Promise<Broadcast | undefined> {
  if (!(await transmitter(request, reply, options))) return undefined
  const { meeting } = request.params
  const broadcast = await (isNew ? options.broadcasts.of(meeting) : options.broadcasts.find(meeting))
  return broadcast ?? refuse(reply, 'not-found', 'There is no such broadcast.')
}

function refuse(reply: FastifyReply, error: 'not-signed-in' | 'not-found' | 'forbidden', message: string): undefined {
  sendFailure(reply, { error, message })
  return undefined
}

const mayTransmit = async (
  principal: Principal,
  meeting: string,
  stateOf: PermissionOptions['stateOf'],
): Promise<boolean> => isAdministration(principal) || presides(principal, await stateOf(meeting))
