import { expect, test } from 'vitest'
import { paths, type ApiFailure } from '../../../shared/hub-api/contract.ts'
import { Caller, device, password, setUp, signIn, startTestHub } from '../testing/hub.ts'

test('guessing a password ends soon, for known and unknown logins alike', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const nobody = new Caller(hub.origin)
  for (const login of ['ada', 'nobody-of-that-name']) {
    const guess = { login, password: 'a wrong password', device: device() }
    // All at once: attempts count when they begin, not when their answer is ready.
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => nobody.tell<ApiFailure>('POST', paths.session, guess)),
    )
    expect(answers.filter(({ body }) => body.error === 'wrong-credentials')).toHaveLength(10)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    for (const { body } of refused) {
      expect(body.error).toBe('too-many-requests')
      expect(body.retryAfter).toBeGreaterThan(200)
      expect(body.retryAfter).toBeLessThanOrEqual(300)
    }
  }
  const response = await nobody.ask('POST', paths.session, { login: 'ada', password, device: device() })
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('signing in rightly never counts', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  for (let round = 0; round < 15; round++) await signIn(hub, 'ada')
})

test('limits live in memory: a restart forgets them', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const nobody = new Caller(hub.origin)
  const guess = { login: 'ada', password: 'a wrong password', device: device() }
  for (let round = 0; round < 11; round++) await nobody.tell('POST', paths.session, guess)
  await expect(signIn(hub, 'ada')).rejects.toThrow('429')
  await hub.stop()
  const again = await startTestHub({ folder: hub.folder })
  expect((await signIn(again, 'ada')).session?.account.login).toBe('ada')
})

test('the set-up code cannot be guessed', async () => {
  const hub = await startTestHub()
  const nobody = new Caller(hub.origin)
  const request = {
    code: '0000-0000-0000',
    town: { name: 'Musterstadt' },
    administrator: { name: 'Eve', login: 'eve', password },
    device: device(),
  }
  for (let round = 0; round < 10; round++)
    expect((await nobody.tell('POST', paths.setUp, request)).body.error).toBe('wrong-credentials')
  expect((await nobody.tell('POST', paths.setUp, request)).status).toBe(429)
  // Not even the right one is looked at any more.
  expect((await nobody.tell('POST', paths.setUp, { ...request, code: hub.setUpCode })).status).toBe(429)
})

test('unknown logins take as long as known ones', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const nobody = new Caller(hub.origin)
  const durationOf = async (login: string): Promise<number> => {
    const start = performance.now()
    await nobody.tell('POST', paths.session, { login, password: 'a wrong password', device: device() })
    return performance.now() - start
  }
  await durationOf('warm-up')
  const known: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < 7; round++) {
    known.push(await durationOf('ada'))
    unknown.push(await durationOf('grace'))
  }
  const fastest = (values: number[]) => Math.min(...values)
  // Without the work of a hash an unknown login would take about a twentieth.
  expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 3)
})
