import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { linkToJoinCode } from '../../../shared/hub-api/join-code.ts'
import { checkConfig, type HubConfig } from '../config.ts'
import { startTestHub } from '../testing/hub.ts'
import { fingerprintOf, isLoopback, loadTls } from './index.ts'
import { makeCertificate, makePrivateKey } from './own-certificate.ts'

async function makeConfig(more: object): Promise<HubConfig> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const config = checkConfig({ data: folder, ...more }, folder)
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  return config.value
}

/** Asks over TLS and says what the hub showed; trusts the given certificate alone. */
const ask = (url: string, ca: string) =>
  new Promise<{ status: number | undefined; shown: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request(url, { ca, agent: false }, (answer) => {
      const shown = (answer.socket as TLSSocket).getPeerX509Certificate()!.toString()
      answer.resume().on('end', () => resolve({ status: answer.statusCode, shown, headers: answer.headers }))
    })
    asked.on('error', reject).end()
  })

test('loopback is this machine alone', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].every(isLoopback)).toBe(true)
  expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', 'localhost.example'].some(isLoopback)).toBe(false)
})

test('on other addresses the hub speaks TLS with a certificate of its own, which the join link pins', async () => {
  const hub = await startTestHub({ listen: { host: '0.0.0.0', port: 0 } })
  const cert = await readFile(join(hub.folder, 'tls/certificate.pem'), 'utf8')
  const port = new URL(hub.origin).port
  const answer = await ask(`https://127.0.0.1:${port}/healthz`, cert)
  expect(answer.status).toBe(200)
  // A browser that was told to insist could never again be told to trust the next certificate.
  expect(answer.headers).not.toHaveProperty('strict-transport-security')
  const join_ = linkToJoinCode(hub.joinLink)
  expect(join_).toEqual({ ok: true, value: { origin: hub.origin, fingerprint: fingerprintOf(answer.shown) } })
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()

  const certificate = new X509Certificate(cert)
  for (const { address } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
    if (!address.startsWith('fe80:')) expect(certificate.checkIP(address)).toBe(address)
  expect(certificate.ca).toBe(false)
  for (const file of ['key.pem', 'certificate.pem'])
    expect((await stat(join(hub.folder, 'tls', file))).mode & 0o777).toBe(0o600)
  expect(hub.log()).not.toContain('PRIVATE')
})

test('its own certificate is kept, and renewed by the same key before its end or for another name', async () => {
  const config = await makeConfig({ listen: { host: '0.0.0.0' } })
  const first = (await loadTls(config, new Date('2026-01-01')))!
  expect(await loadTls(config, new Date('2026-06-01'))).toEqual(first)
  const renewed = (await loadTls(config, new Date('2028-03-01')))!
  expect(renewed.cert).not.toBe(first.cert)
  expect(renewed.key).toBe(first.key)
  expect(fingerprintOf(renewed.cert)).toBe(fingerprintOf(first.cert))

  const renamed = (await loadTls({ ...config, publicUrl: 'https://rat.example.org' }, new Date('2028-03-01')))!
  expect(new X509Certificate(renamed.cert).checkHost('rat.example.org')).toBe('rat.example.org')
  expect(fingerprintOf(renamed.cert)).toBe(fingerprintOf(first.cert))
})

test('a configured certificate is shown on every address, loopback too, and is not pinned', async () => {
  const { data: folder } = await makeConfig({})
  const key = makePrivateKey()
  const certificate = await makeCertificate(key, ['127.0.0.1'], new Date())
  await writeFile(join(folder, 'c.pem'), certificate)
  await writeFile(join(folder, 'k.pem'), key)
  const hub = await startTestHub({ tls: { certificate: join(folder, 'c.pem'), key: join(folder, 'k.pem') } })
  expect(hub.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const answer = await ask(`${hub.origin}/healthz`, certificate)
  expect(answer.shown).toBe(new X509Certificate(certificate).toString())
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
  expect(linkToJoinCode(hub.joinLink)).toEqual({ ok: true, value: { origin: hub.origin } })
})

test('files that do not do are named', async () => {
  const config = await makeConfig({ tls: { certificate: 'c.pem', key: 'k.pem' } })
  const { certificate, key } = config.tls!
  await expect(loadTls(config)).rejects.toThrow(`tls.certificate: ${certificate} cannot be read (ENOENT)`)
  const ownKey = makePrivateKey()
  await writeFile(certificate, await makeCertificate(ownKey, ['127.0.0.1'], new Date()))
  await writeFile(key, makePrivateKey())
  await expect(loadTls(config)).rejects.toThrow(`tls: the key ${key} is not that of the certificate ${certificate}`)
  await writeFile(key, 'no key at all')
  await expect(loadTls(config)).rejects.toThrow('a certificate and its private key')
})
