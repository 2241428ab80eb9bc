import type { FastifyInstance } from 'fastify'
import { accountChangeSchema, invitationSchema } from '../../../shared/hub-api/account.ts'
import { paths, type DeviceInfo, type InvitationInfo } from '../../../shared/hub-api/contract.ts'
import { isAdministrator, type Principal, type Role } from '../../../shared/rules/access.ts'
import { sendFailure } from '../failure.ts'
import type { Accounts } from './tables/accounts.ts'
import { only } from './authentication.ts'
import { readBody } from '../body.ts'
import type { Device, Devices } from './tables/devices.ts'
import type { Invitations } from './tables/invitations.ts'
import type { AccountSessions } from './sessions.ts'

export interface AccountRoutesOptions {
  readonly accounts: Accounts
  readonly devices: Devices
  readonly invitations: Invitations
  readonly sessions: AccountSessions
  /** Whether the working state holds a person of that record id. */
  readonly isPerson: (id: string) => Promise<boolean>
}

/** Who lets others in: people by invitation, and devices into rooms. */
export const mayInvite = (principal: Principal): boolean =>
  isAdministrator(principal) || principal.roles.includes('clerk')
/** Nobody hands out, or takes back, more than they have. */
const mayHandOut = (principal: Principal, roles: readonly Role[]): boolean =>
  isAdministrator(principal) || (mayInvite(principal) && !roles.includes('administrator'))

const deviceInfo = ({ expires: _expires, lent: _lent, ...device }: Device, current: string): DeviceInfo => ({
  ...device,
  current: device.id === current,
})

/** Invitations, accounts and devices, for those who administer them. */
export function accountRoutes(app: FastifyInstance, options: AccountRoutesOptions): void {
  invitationRoutes(app, options)
  deviceRoutes(app, options)

  const { accounts, sessions } = options
  app.get(paths.accounts, { onRequest: only(mayInvite) }, async () => accounts.list())

  app.patch<{ Params: { id: string } }>(
    '/api/accounts/:id',
    { onRequest: only(isAdministrator) },
    async (request, reply) => {
      const body = readBody(accountChangeSchema, request, reply)
      if (!body) return reply
      const changed = accounts.change(request.params.id, body)
      if (!changed.ok) {
        if (changed.failure === 'not-found')
          return sendFailure(reply, { error: 'not-found', message: 'There is no such account.' })
        return sendFailure(reply, { error: 'conflict', message: 'The last administrator has to stay one.' })
      }
      if (changed.value.disabled) sessions.tell({ kind: 'revoked', account: changed.value.id })
      sessions.recheck()
      return changed.value
    },
  )
}

function invitationRoutes(app: FastifyInstance, { accounts, invitations, isPerson }: AccountRoutesOptions): void {
  app.get(paths.invitations, { onRequest: only(mayInvite) }, async () => invitations.list())

  app.post(paths.invitations, { onRequest: only(mayInvite) }, async (request, reply) => {
    const body = readBody(invitationSchema, request, reply)
    if (!body) return reply
    if (!mayHandOut(request.principal, body.roles))
      return sendFailure(reply, { error: 'forbidden', message: 'Only an administrator makes administrators.' })
    if (body.person !== undefined && !(await isPerson(body.person))) {
      const faults = [{ field: 'person', message: 'There is no such person.' }]
      return sendFailure(reply, { error: 'bad-request', message: 'The body does not fit.', faults })
    }
    if (body.person !== undefined && accounts.hasPerson(body.person))
      return sendFailure(reply, { error: 'conflict', message: 'This person has an account already.' })
    const { id: _id, ...invitation } = invitations.create(body)
    const answer: InvitationInfo = invitation
    return reply.code(201).header('cache-control', 'no-store').send(answer)
  })

  app.delete<{ Params: { id: string } }>(
    '/api/invitations/:id',
    { onRequest: only(mayInvite) },
    async (request, reply) => {
      const invitation = invitations.byId(request.params.id)
      if (!invitation) return sendFailure(reply, { error: 'not-found', message: 'There is no such invitation.' })
      if (!mayHandOut(request.principal, invitation.roles))
        return sendFailure(reply, { error: 'forbidden', message: 'Only an administrator withdraws this one.' })
      invitations.remove(invitation.id)
      return reply.code(204).send()
    },
  )
}

function deviceRoutes(app: FastifyInstance, { devices, sessions }: AccountRoutesOptions): void {
  app.get<{ Querystring: { account?: string } }>(paths.devices, { onRequest: only() }, async (request, reply) => {
    const { account, device } = request.session!
    const asked = request.query.account ?? account.id
    if (asked !== account.id && !isAdministrator(request.principal))
      return sendFailure(reply, { error: 'not-found', message: 'There is no such account.' })
    return devices.of(asked).map((entry) => deviceInfo(entry, device.id))
  })

  app.delete<{ Params: { id: string } }>('/api/devices/:id', { onRequest: only() }, async (request, reply) => {
    const device = devices.byId(request.params.id)
    if (!device || (device.account !== request.principal.account && !isAdministrator(request.principal)))
      return sendFailure(reply, { error: 'not-found', message: 'There is no such device.' })
    for (const { account, id } of devices.revoke(device.id)) sessions.tell({ kind: 'revoked', account, device: id })
    return reply.code(204).send()
  })
}
