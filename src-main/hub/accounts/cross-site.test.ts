import { expect, test } from 'vitest'
import { paths } from '../../../shared/hub-api/contract.ts'
import { Caller, device, password, setUp, startTestHub } from '../testing/hub.ts'

const credentials = { login: 'ada', password, device: device() }

test('a cookie changes something only from pages of this hub', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const nobody = new Caller(hub.origin)
  const signedIn = await nobody.ask('POST', paths.session, credentials)
  const cookie = signedIn.headers.get('set-cookie')!.split(';', 1)[0]!
  const statusWith = async (headers: Record<string, string>, method = 'POST', path: string = paths.liveTicket) =>
    (await nobody.ask(method, path, undefined, { cookie, ...headers })).status

  expect(await statusWith({}, 'GET', paths.session)).toBe(200)
  expect(await statusWith({ origin: hub.origin })).toBe(200)
  expect(await statusWith({ 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await statusWith({})).toBe(403)
  expect(await statusWith({ origin: 'https://evil.example' })).toBe(403)
  expect(await statusWith({ origin: 'null' })).toBe(403)
  expect(await statusWith({ origin: 'app://desk' })).toBe(403)
  expect(await statusWith({ 'sec-fetch-site': 'cross-site', origin: hub.origin })).toBe(403)
  expect(await statusWith({ 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await statusWith({ 'sec-fetch-site': 'none' })).toBe(403)
})

test('another site cannot sign anybody in', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const nobody = new Caller(hub.origin)
  const evil = await nobody.ask('POST', paths.session, credentials, { origin: 'https://evil.example' })
  expect(evil.status).toBe(403)
  expect(evil.headers.get('set-cookie')).toBeNull()
})

test('the desktop app may ask from its own origin, without cookies; nobody else may', async () => {
  const hub = await startTestHub({ appOrigins: ['app://desk', 'http://desk.app.localhost'] })
  await setUp(hub)
  const nobody = new Caller(hub.origin)
  const preflight = (origin: string) =>
    nobody.ask('OPTIONS', paths.session, undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    })
  for (const origin of ['app://desk', 'http://desk.app.localhost']) {
    const { headers } = await preflight(origin)
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    const signedIn = await nobody.ask('POST', paths.session, { ...credentials, token: true }, { origin })
    expect(signedIn.status).toBe(200)
    expect(signedIn.headers.get('access-control-allow-origin')).toBe(origin)
    expect(signedIn.headers.get('set-cookie')).toBeNull()
  }
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
})

test('behind a proxy that was configured its address counts; without one its headers mean nothing', async () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'rat.example', 'x-forwarded-for': '192.0.2.1' }
  const cookieOf = async (trustedProxies: string[]) => {
    const hub = await startTestHub({ trustedProxies })
    await setUp(hub)
    const headers = { ...forwarded, origin: trustedProxies.length > 0 ? 'https://rat.example' : hub.origin }
    const answer = await new Caller(hub.origin).ask('POST', paths.session, credentials, headers)
    return answer.headers.get('set-cookie')
  }
  expect(await cookieOf(['127.0.0.1'])).toMatch(/^__Host-ratssaal-\w+=.*; Secure; SameSite=Strict$/)
  expect(await cookieOf([])).toMatch(/^ratssaal-\w+=[\w-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/)
})
