import { createServer, type Server } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectPinned, judgeCertificate, pinOf } from './hub-pin.ts'

let folder: string
let server: Server
let origin: string
let certificate: string

/** A certificate that no authority vouches for, as a hub makes one for itself. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratssaal-pin-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=hub', '-addext', 'subjectAltName=IP:127.0.0.1']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  execFileSync('openssl', ['req', '-x509', '-nodes', ...curve, '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  })
  certificate = await readFile(cert, 'utf8')
  server = createServer({ key: await readFile(key), cert: certificate }, (socket) => socket.end())
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const otherPin = 'A'.repeat(43)

test('a hub is let in by its pin, refused with another, and needs an authority without one', async () => {
  const fingerprint = pinOf(certificate)
  expect(fingerprint).toMatch(/^[\w-]{43}$/)
  const connected = await connectPinned({ origin, fingerprint }, 5_000)
  expect(typeof connected).toBe('object')
  if (typeof connected === 'object') connected.destroy()
  expect(await connectPinned({ origin, fingerprint: otherPin }, 5_000)).toBe('other-certificate')
  expect(await connectPinned({ origin }, 5_000)).toBe('other-certificate')
  expect(await connectPinned({ origin: 'https://127.0.0.1:9', fingerprint }, 5_000)).toBe('unreachable')
})

test('the pin judges the hub alone; every other host is judged as usual', () => {
  const hub = { origin, fingerprint: pinOf(certificate) }
  expect([
    judgeCertificate(hub, '127.0.0.1', certificate),
    judgeCertificate({ origin, fingerprint: otherPin }, '127.0.0.1', certificate),
    judgeCertificate(hub, 'rat.example.org', certificate),
    judgeCertificate({ origin }, '127.0.0.1', certificate),
    judgeCertificate(null, '127.0.0.1', certificate),
  ]).toEqual([0, -2, -3, -3, -3])
})
