import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { handbackSchema } from '../../../../shared/hub-api/account.ts'
import { paths, type RoomDevice } from '../../../../shared/hub-api/contract.ts'
import { helpActSchema, roomDeviceChangeSchema } from '../../../../shared/hub-api/room-device.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import { mayInvite } from '../account-routes.ts'
import { only, tokenOf } from '../authentication.ts'
import { handOut, type SessionRoutesOptions } from '../session-routes.ts'
import type { Device } from '../tables/devices.ts'
import type { RoomSettingsTable } from '../tables/room-settings.ts'
import type { ConnectedRooms } from './connected-rooms.ts'
import { hashExitCode } from './exit-code.ts'

export interface RoomDeviceRoutesOptions extends Omit<SessionRoutesOptions, 'beginSession'> {
  readonly roomSettings: RoomSettingsTable
  readonly connected: ConnectedRooms
}

type ById = { Params: { id: string } }

/** The devices of rooms, for who lets them in; and their way back from a person's session. */
export function roomDeviceRoutes(app: FastifyInstance, options: RoomDeviceRoutesOptions): void {
  const { accounts, devices, roomSettings, sessions, connected } = options
  const find = (request: FastifyRequest<ById>, reply: FastifyReply): Device | undefined => {
    const device = devices.byId(request.params.id)
    if (device && !device.revoked && (accounts.byId(device.account)?.room ?? null) !== null) return device
    return void sendFailure(reply, { error: 'not-found', message: 'There is no such device of a room.' })
  }

  app.get(paths.roomDevices, { onRequest: only(mayInvite) }, async (): Promise<RoomDevice[]> =>
    accounts.rooms().flatMap((account) =>
      devices
        .of(account.id)
        .filter(({ revoked }) => !revoked)
        .map(({ id, name, created, lastSeen }) => {
          const { kiosk, exit, dark } = roomSettings.of(id)
          return {
            ...{ id, name, room: account.room ?? '', created, lastSeen, kiosk, hasCode: exit !== null, dark },
            isLent: devices.lentAt(id).some((lent) => !devices.isExpired(lent)),
            connected: connected.stateOf(id),
          }
        }),
    ),
  )

  app.delete<ById>('/api/room-devices/:id', { onRequest: only(mayInvite) }, async (request, reply) => {
    const device = find(request, reply)
    if (!device) return reply
    for (const { account, id } of devices.revoke(device.id)) sessions.tell({ kind: 'revoked', account, device: id })
    return reply.code(204).send()
  })

  settingRoute(app, options, find)
  helpRoute(app, options, find)
  handbackRoute(app, options)
}

type Find = (request: FastifyRequest<ById>, reply: FastifyReply) => Device | undefined

/** What is not named stays as it was. */
function settingRoute(app: FastifyInstance, { roomSettings, sessions }: RoomDeviceRoutesOptions, find: Find): void {
  app.patch<ById>('/api/room-devices/:id', { onRequest: only(mayInvite) }, async (request, reply) => {
    const device = find(request, reply)
    if (!device) return reply
    const body = readBody(roomDeviceChangeSchema, request, reply)
    if (!body) return reply
    const given = body.code === undefined ? undefined : await hashExitCode(body.code)
    const before = roomSettings.of(device.id)
    const exit = given ?? before.exit
    const kiosk = body.kiosk ?? before.kiosk
    if (kiosk && exit === null) {
      const faults = [{ field: 'code', message: 'Kiosk mode needs an exit code.' }]
      return sendFailure(reply, { error: 'bad-request', message: 'The body does not fit.', faults })
    }
    const dark = body.dark === undefined ? before.dark : body.dark
    roomSettings.keep(device.id, { kiosk, exit, dark })
    const by = request.session!.account.id
    request.log.info({ device: device.id, by, kiosk, newCode: given !== undefined, dark }, 'room device set')
    sessions.tellRoomDevice(device)
    return reply.code(204).send()
  })
}

/** Ending a session needs no device that listens: it is told so whenever it comes. */
function helpRoute(app: FastifyInstance, { devices, sessions, connected }: RoomDeviceRoutesOptions, find: Find): void {
  app.post<ById>('/api/room-devices/:id/acts', { onRequest: only(mayInvite) }, async (request, reply) => {
    const device = find(request, reply)
    if (!device) return reply
    const help = readBody(helpActSchema, request, reply)
    if (!help) return reply
    const by = request.session!.account.id
    const heard = connected.ask(device.id, help)
    request.log.info({ device: device.id, by, act: help.act, heard }, 'help for a room device')
    if (help.act === 'end-session') {
      const lent = devices.lentAt(device.id)
      if (lent.length === 0) return sendFailure(reply, { error: 'conflict', message: 'Nobody is signed in there.' })
      for (const { id } of lent)
        for (const ended of devices.revoke(id))
          sessions.tell({ kind: 'revoked', account: ended.account, device: ended.id })
    } else if (!heard) return sendFailure(reply, { error: 'not-ready', message: 'This device is not connected.' })
    return reply.code(204).send()
  })
}

/** Also from a session that was revoked or is over: the board has purged it and belongs to its room again. */
function handbackRoute(app: FastifyInstance, options: RoomDeviceRoutesOptions): void {
  const { devices, sessions, cookie } = options
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
