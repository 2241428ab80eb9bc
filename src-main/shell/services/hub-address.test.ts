import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { joinCodeToLink } from '../../../shared/hub-api/join-code.ts'
import { HubAddressBook } from './hub-address.ts'
import { pinOf } from './hub-pin.ts'

/** A server under a certificate that no authority vouches for, which answers everything with `body`. */
async function startServer(folder: string, body: string): Promise<{ origin: string; fingerprint: string }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-subj', '/CN=hub']
  execFileSync('openssl', ['req', '-x509', '-nodes', ...curve, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const certificate = readFileSync(cert, 'utf8')
  const server = createServer({ key: readFileSync(key), cert: certificate }, (_request, response) => response.end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fingerprint: pinOf(certificate),
  }
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-hub-address-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('a hub is found under the certificate that its link names, and kept once it is joined', async () => {
  const folder = await makeFolder()
  const hub = await startServer(folder, '{"name":"Musterheim"}')
  const book = new HubAddressBook(join(folder, 'hub.json'), undefined)
  expect(book.address).toBeNull()
  const found = await book.find(joinCodeToLink(hub))
  expect(found).toEqual({ ...hub, town: 'Musterheim' })
  expect(book.address).toBeNull()
  if ('origin' in found) book.keep(found)
  expect(new HubAddressBook(join(folder, 'hub.json'), undefined).address).toEqual(hub)

  expect(await book.find(joinCodeToLink({ ...hub, fingerprint: 'A'.repeat(43) }))).toEqual({
    fault: 'other-certificate',
  })
  expect(await book.find(hub.origin)).toEqual({ fault: 'unreadable' })
  expect(await book.find(joinCodeToLink({ ...hub, origin: 'https://127.0.0.1:9' }))).toEqual({ fault: 'unreachable' })
})

test('whatever answers otherwise than a hub is none', async () => {
  const folder = await makeFolder()
  const book = new HubAddressBook(join(folder, 'hub.json'), undefined)
  for (const body of ['<title>Router</title>', '{"name":1}', ' '.repeat(200_000)])
    expect(await book.find(joinCodeToLink(await startServer(folder, body)))).toEqual({ fault: 'unreachable' })
})
