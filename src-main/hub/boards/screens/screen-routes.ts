import type { FastifyInstance } from 'fastify'
import {
  screenRequestSchema,
  screenScheme,
  type ScreenEvent,
  type ScreenPass,
} from '../../../../shared/hub-api/screens.ts'
import { paths } from '../../../../shared/hub-api/contract.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import { mayDraw } from '../../../../shared/rules/access.ts'
import { organizationAudience } from '../../../../shared/rules/audience.ts'
import { readBody } from '../../body.ts'
import { eventStreams } from '../../event-stream.ts'
import { sendFailure } from '../../failure.ts'
import type { Session, Sessions } from '../../session.ts'
import { signedIn } from '../../signed-in.ts'
import { Screen, type ScreenLine, type ScreenParts } from './screen.ts'
import type { ScreenPasses } from './screen-passes.ts'

export interface ScreenRoutesOptions extends ScreenParts {
  readonly sessions: Sessions
  readonly passes: ScreenPasses
}

/** Passes for windows that are screens of a room, and what they show of boards; returns the screens that look on. */
export function screenRoutes(app: FastifyInstance, options: ScreenRoutesOptions): ReadonlySet<Screen> {
  const { sessions, passes, places } = options
  const screens = new Set<Screen>()
  const openStream = eventStreams(app)

  app.post(paths.screens, { onRequest: signedIn }, async (request, reply) => {
    const body = readBody(screenRequestSchema, request, reply)
    if (!body) return reply
    const session = sessions.currentSession(request.session!.device.id)
    const meeting = places.meetingNow(body.meeting)
    if (!session || !meeting || !isThere(session, meeting))
      return sendFailure(reply, { error: 'not-found', message: 'There is no such meeting.' })
    return reply.header('cache-control', 'no-store').send(passes.issue(body) satisfies ScreenPass)
  })

  app.get(paths.screenBoard, async (request, reply) => {
    const [, pass = ''] = new RegExp(`^${screenScheme} (\\S+)$`, 'i').exec(request.headers.authorization ?? '') ?? []
    const known = passes.read(pass)
    if (!known) return sendFailure(reply, { error: 'forbidden', message: 'This needs the pass of a screen.' })
    const stream = openStream()
    const screen = new Screen(known, lineOver(stream), options)
    screens.add(screen)
    stream.onClose(() => {
      screens.delete(screen)
      screen.end()
    })
    screen.look()
    return stream.sendTo(reply)
  })
  return screens
}

/** Whoever draws on boards of the meeting, or prepares it; and the device of the room in which it is. */
const isThere = ({ principal, room }: Session, { organization = [], location }: Meeting): boolean =>
  organization.some((body) => mayDraw(principal, organizationAudience(body))) ||
  (room !== undefined && room === location)

function lineOver(stream: ReturnType<ReturnType<typeof eventStreams>>): ScreenLine {
  return {
    tell: ({ event, ...more }: ScreenEvent) => stream.tell({ event, data: JSON.stringify(more) }),
    isFull: () => stream.isFull(),
    drained: () => stream.drained(),
    end: () => stream.end(),
  }
}
