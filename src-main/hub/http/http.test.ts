import { fastify } from 'fastify'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { paths } from '../../../shared/hub-api/contract.ts'
import { Caller, setUp, startTestHub } from '../testing/hub.ts'
import { healthRoutes } from './health.ts'

test('says that it lives and whether it can work', async () => {
  const hub = await startTestHub()
  const nobody = new Caller(hub.origin)
  expect(await nobody.tell('GET', '/healthz')).toEqual({ status: 200, body: { alive: true } })
  expect(await nobody.tell('GET', '/readyz')).toEqual({ status: 200, body: { ready: true, failing: [], impaired: [] } })
})

test('what is not ready is named', async () => {
  const app = fastify()
  onTestFinished(() => app.close())
  const full = () => Promise.reject(new Error('disk full'))
  const readiness = { store: full, publisher: () => Promise.resolve() }
  healthRoutes(app, readiness, { impaired: () => ['recordings'] })
  const answer = await app.inject('/readyz')
  expect([answer.statusCode, answer.json()]).toEqual([
    503,
    { ready: false, failing: ['store'], impaired: ['recordings'] },
  ])
})

test('what lags behind is not ready, and says so soon', async () => {
  const app = fastify()
  onTestFinished(() => app.close())
  healthRoutes(app, { store: () => Promise.resolve(), publisher: () => new Promise(() => undefined) }, { limitMs: 20 })
  const answer = await app.inject('/readyz')
  expect([answer.statusCode, answer.json()]).toEqual([503, { ready: false, failing: ['publisher'], impaired: [] }])
})

test('pages load nothing from elsewhere and no inline script', async () => {
  const hub = await startTestHub()
  for (const path of ['/', '/app/', '/app/meetings', '/healthz', '/no-such-page']) {
    const { headers } = await fetch(hub.origin + path)
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    // Style attributes are the one inline thing, and only in the app.
    const strict = path.startsWith('/app') ? policy.replace("style-src-attr 'unsafe-inline'", '') : policy
    expect(strict).not.toContain("'unsafe-inline'")
    expect(policy).not.toMatch(/https?:|\*/)
    expect(policy.includes("'wasm-unsafe-eval'")).toBe(path.startsWith('/app'))
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toBeNull()
  }
})

test('faults of a request are answered as the contract says', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const statusOf = async (body: string, type: string) => {
    const answer = await fetch(hub.origin + paths.session, { method: 'POST', headers: { 'content-type': type }, body })
    return [answer.status, ((await answer.json()) as { error: string }).error]
  }
  expect(await statusOf('{', 'application/json')).toEqual([400, 'bad-request'])
  expect(await statusOf('a=b', 'application/x-www-form-urlencoded')).toEqual([415, 'unsupported-type'])
  expect(await statusOf('{}', 'text/plain')).toEqual([400, 'bad-request'])
  expect(await statusOf(JSON.stringify('x'.repeat(1024 * 1024)), 'application/json')).toEqual([413, 'too-large'])
})

test('what fails inside is logged without a word of content, and not told', async () => {
  const hub = await startTestHub()
  const ada = await setUp(hub)
  const database = new DatabaseSync(join(hub.folder, 'accounts.sqlite'))
  database.exec('DROP TABLE invitation')
  database.close()
  const request = { name: 'Geheimnis', roles: ['member'] }
  const answer = await ada.tell('POST', paths.invitations, request)
  expect(answer).toEqual({
    status: 500,
    body: { error: 'internal', message: 'The hub failed; its log says where.' },
  })
  const line = hub
    .log()
    .split('\n')
    .find((entry) => entry.includes('"failed"'))!
  expect(JSON.parse(line)).toMatchObject({ level: 50, route: '/api/invitations', message: 'failed' })
  expect(line).not.toMatch(/geheim/i)
})

test('stopping lets an answer under way end', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const { hostname, port } = new URL(hub.origin)
  const body = JSON.stringify({ login: 'ada', password: 'a wrong password', device: { name: 'Slow' } })
  const socket = connect(Number(port), hostname)
  let answer = ''
  const ended = new Promise<void>((resolve) =>
    socket.on('data', (chunk) => (answer += chunk.toString())).on('close', () => resolve()),
  )
  socket.write(
    `POST ${paths.session} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  )
  // The hub has begun with this request once it has answered the next one.
  await fetch(`${hub.origin}/healthz`)
  const stopped = hub.stop()
  socket.write(body.slice(10))
  await stopped
  await ended
  expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  await expect(fetch(`${hub.origin}/healthz`)).rejects.toThrow()
})
