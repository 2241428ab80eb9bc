import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { documentStoreSuite } from '../../../../shared/ports/document-store.suite.ts'
import { openCouchStore } from '../index.ts'
import { CouchHttp } from './couch-http.ts'

const url = process.env['RATSSAAL_TEST_COUCHDB']
let places = 0

if (url)
  documentStoreSuite('CouchDB', async () => {
    const prefix = `ratssaal-test-${process.pid}-${(places += 1)}-`
    return {
      open: () => openCouchStore({ url, prefix }),
      async dispose() {
        const store = await openCouchStore({ url, prefix })
        for (const audience of await store.audiences()) await store.remove(audience)
        await new CouchHttp(url).ask('DELETE', `/${prefix}incarnation`)
      },
    }
  })
else it.skip('CouchDB: no address in RATSSAAL_TEST_COUCHDB, so this suite does not run', () => undefined)

it('says that the server is away, without the password', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const away = openCouchStore({ url: `http://hub:geheim@127.0.0.1:${port}`, prefix: 'ratssaal-' })
  await expect(away).rejects.toMatchObject({
    code: 'unreachable',
    place: `http://127.0.0.1:${port}`,
    message: expect.not.stringContaining('geheim') as string,
  })
})

it.each([
  [401, '{"error":"unauthorized"}', 'refuses the name or password'],
  [200, '{"hello":"world"}', 'is no CouchDB'],
  [500, '{}', 'with 500'],
])('says what is wrong when the server answers %i %s', async (status, answer, words) => {
  const server = createServer((_request, response) => response.writeHead(status).end(answer)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  try {
    await expect(openCouchStore({ url: `http://127.0.0.1:${port}`, prefix: 'ratssaal-' })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(words) as string,
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
