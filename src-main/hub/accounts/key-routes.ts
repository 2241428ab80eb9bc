import type { FastifyInstance } from 'fastify'
import type { KeyCertificate } from '../../../shared/council/key-certificate.ts'
import { deviceKeySchema } from '../../../shared/hub-api/account.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import { certificateText } from '../../../shared/rules/meeting/verification/index.ts'
import { readBody } from '../body.ts'
import type { HubKey } from '../signing.ts'
import { only } from './authentication.ts'

/** The hub vouches for the keys with which devices sign, for as long as roles stay what they are. */
export function keyRoutes(app: FastifyInstance, { key, now }: { key: HubKey; now: () => number }): void {
  app.post(paths.deviceKey, { onRequest: only() }, async (request, reply) => {
    const body = readBody(deviceKeySchema, request, reply)
    if (!body) return reply
    const { principal, account, device } = request.session!
    const certified: Omit<KeyCertificate, 'signature'> = {
      publicKey: body.publicKey,
      account: account.id,
      person: principal.person,
      roles: [...principal.roles],
      device: device.id,
      issued: new Date(now()).toISOString(),
      hub: key.fingerprint,
    }
    const answer: KeyCertificate = { ...certified, signature: key.sign(certificateText(certified)) }
    return reply.header('cache-control', 'no-store').send(answer)
  })
}
