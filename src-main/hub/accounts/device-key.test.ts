import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { KeyCertificate } from '../../../shared/council/key-certificate.ts'
import { paths, type Town } from '../../../shared/hub-api/contract.ts'
import { certificateText } from '../../../shared/rules/meeting/verification/index.ts'
import { fingerprintOf, hubKeyOf, isSigned, makeSecretKey } from '../signing.ts'
import { Caller, setUp, startTestHub, welcome, writeOffice, personRecord, bodyRecord } from '../testing/hub.ts'

const { publicKey } = hubKeyOf(makeSecretKey())

test('the hub vouches for a device’s key, its person and its roles, under the key that the town names', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  await writeOffice(hub, bodyRecord('town'), personRecord('mia'))
  const member = await welcome(hub, administrator, ['member', 'chair'], 'person:mia')
  const { signingKey } = (await new Caller(hub.origin).tell<Town>('GET', paths.town)).body
  const { status, body } = await member.tell<KeyCertificate>('POST', paths.deviceKey, { publicKey })
  const { account, device } = member.session!
  expect([status, body]).toEqual([
    200,
    {
      ...{ publicKey, account: account.id, person: 'person:mia', roles: ['member', 'chair'], device: device.id },
      ...{ issued: expect.any(String) as string, hub: fingerprintOf(signingKey) },
      signature: expect.any(String) as string,
    },
  ])
  expect(isSigned(signingKey, certificateText(body), body.signature)).toBe(true)
  expect(isSigned(signingKey, certificateText({ ...body, roles: ['administrator'] }), body.signature)).toBe(false)
})

test('no key is certified for nobody, and nothing that is no key', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  expect((await new Caller(hub.origin).tell('POST', paths.deviceKey, { publicKey })).status).toBe(401)
  for (const body of [{}, { publicKey: '' }, { publicKey: `${publicKey}=` }, { publicKey, account: 'hub' }])
    expect((await administrator.tell('POST', paths.deviceKey, body)).status).toBe(400)
})

test('the hub’s key stays when it starts again, is nobody else’s to read and stands in no log', async () => {
  const hub = await startTestHub()
  const town = async (at: string) => (await new Caller(at).tell<Town>('GET', paths.town)).body
  const { signingKey } = await town(hub.origin)
  await hub.stop()
  const again = await startTestHub({ folder: hub.folder })
  expect((await town(again.origin)).signingKey).toBe(signingKey)
  expect(statSync(join(hub.folder, 'accounts.sqlite')).mode & 0o777).toBe(0o600)
  await again.stop()
  const held = readFileSync(join(hub.folder, 'accounts.sqlite')).toString('latin1')
  const [secret] = /MC4CAQAwBQYDK2VwBCIEI[\w+/]{43}=?/.exec(held) ?? []
  expect(hubKeyOf(secret!).publicKey).toBe(signingKey)
  expect(hub.log() + again.log()).not.toContain(secret!)
})
