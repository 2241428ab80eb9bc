import type { FastifyInstance } from 'fastify'
import { handbackSchema } from '../../../../shared/hub-api/account.ts'
import { paths, type RoomDevice } from '../../../../shared/hub-api/contract.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import { mayInvite } from '../account-routes.ts'
import { only, tokenOf } from '../authentication.ts'
import { handOut, type SessionRoutesOptions } from '../session-routes.ts'

/** The devices of rooms, for who lets them in; and their way back from a person's session. */
export function roomDeviceRoutes(app: FastifyInstance, options: Omit<SessionRoutesOptions, 'beginSession'>): void {
  const { accounts, devices, sessions, cookie } = options

  app.get(paths.roomDevices, { onRequest: only(mayInvite) }, async (): Promise<RoomDevice[]> =>
    accounts.rooms().flatMap((account) =>
      devices
        .of(account.id)
        .filter(({ revoked }) => !revoked)
        .map(({ id, name, created, lastSeen }) => ({ id, name, room: account.room ?? '', created, lastSeen })),
    ),
  )

  app.delete<{ Params: { id: string } }>(
    '/api/room-devices/:id',
    { onRequest: only(mayInvite) },
    async (request, reply) => {
      const device = devices.byId(request.params.id)
      if (!device || (accounts.byId(device.account)?.room ?? null) === null)
        return sendFailure(reply, { error: 'not-found', message: 'There is no such device of a room.' })
      for (const { account, id } of devices.revoke(device.id)) sessions.tell({ kind: 'revoked', account, device: id })
      return reply.code(204).send()
    },
  )

  // Also from a session that was revoked or is over: the board has purged it and belongs to its room again.
  app.post(paths.handback, { config: { revokedToo: true } }, async (request, reply) => {
    const body = readBody(handbackSchema, request, reply)
    if (!body) return reply
    const token = tokenOf(request, cookie)
    const left = token === undefined ? undefined : sessions.deviceOf(token)
    const room = left?.lent ? devices.byId(left.lent.at) : undefined
    if (!left || !room || room.revoked)
      return sendFailure(reply, { error: 'not-signed-in', message: 'This is no session at the device of a room.' })
    devices.revoke(left.id)
    devices.signOut(left.id)
    sessions.tell({ kind: 'revoked', account: left.account, device: left.id })
    return handOut(options, request, reply, { ...devices.signIn(room.account, room), asToken: body.token })
  })
}
