import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministration, type Principal } from '../../../shared/rules/access.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { sendFailure } from '../failure.ts'
import { presides } from '../presiding.ts'
import type { Sessions } from '../session.ts'
import { principalNow } from '../signed-in.ts'
import type { Broadcast } from './broadcast.ts'
import type { Broadcasts } from './broadcasts.ts'

export interface PermissionOptions {
  readonly broadcasts: Broadcasts
  readonly sessions: Sessions
  /** Whether everybody may know of the meeting: others are not transmitted. */
  readonly isPublic: (meeting: string) => boolean
  readonly stateOf: (meeting: string) => Promise<MeetingState>
}

export type ByMeeting = FastifyRequest<{ Params: { meeting: string } }>

/** The broadcast for whoever may transmit, judged now that the body is here; others are answered. */
export async function permitted(
  request: ByMeeting,
  reply: FastifyReply,
  { broadcasts, sessions, isPublic, stateOf, isNew = false }: PermissionOptions & { readonly isNew?: boolean },
): Promise<Broadcast | undefined> {
  const { meeting } = request.params
  const principal = principalNow(request, sessions)
  if (!principal) return refuse(reply, 'not-signed-in', 'Sign in first.')
  if (!isPublic(meeting)) return refuse(reply, 'not-found', 'There is no such broadcast.')
  if (!(await mayTransmit(principal, meeting, stateOf)))
    return refuse(reply, 'forbidden', 'Who runs the meeting transmits it.')
  const broadcast = await (isNew ? broadcasts.of(meeting) : broadcasts.find(meeting))
  if (!broadcast) return refuse(reply, 'not-found', 'There is no such broadcast.')
  void reply.header('cache-control', 'no-store')
  return broadcast
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
