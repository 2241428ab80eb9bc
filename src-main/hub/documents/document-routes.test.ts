import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths, type ApiFailure } from '../../../shared/hub-api/contract.ts'
import { Caller, device, password, setUp, startTestHub, welcome, type TestHub } from '../testing/hub.ts'
import { shortMinutes } from '../testing/written-minutes.ts'
import { readPdf } from './testing/read-pdf.ts'

const secret = 'Grundstücksverkauf Parzelle 4711'
const words = secret.split(' ')
const document = {
  ...shortMinutes,
  sections: [{ key: 'a', public: false, heading: secret, blocks: [{ block: 'paragraph', runs: [{ text: secret }] }] }],
}
const request = { document, archived: true, day: '2026-11-30', made: '2026-12-02T10:00:00Z' }

let hub: TestHub
let administrator: Caller
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  hub = await startTestHub({ onEnd: (end) => ends.push(end) })
  administrator = await setUp(hub)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const post = (caller: Caller, body: unknown, headers?: Record<string, string>): Promise<Response> =>
  caller.ask('POST', paths.minutesPdf, body, headers)

test.each(['clerk', 'administrator'] as const)('a %s gets minutes as PDF, which nobody keeps', async (role) => {
  const answer = await post(await welcome(hub, administrator, [role]), request)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'application/pdf',
    'no-store',
  ])
  const { tagged } = await readPdf(new Uint8Array(await answer.arrayBuffer()))
  expect(tagged).toContainEqual(['P', secret])
})

test.each(['staff', 'chair', 'member', 'guest'] as const)('a %s gets no byte of it', async (role) => {
  const caller = await welcome(hub, administrator, [role])
  const answer = await post(caller, request)
  expect([answer.status, (JSON.parse(await answer.text()) as ApiFailure).error]).toEqual([403, 'forbidden'])
})

test('nobody else does either, and no page of another site by somebody’s cookie', async () => {
  const nobody = new Caller(hub.origin)
  expect((await post(nobody, request)).status).toBe(401)
  const credentials = { login: 'ada', password, device: device() }
  const signedIn = await nobody.ask('POST', paths.session, credentials, { origin: hub.origin })
  const cookie = signedIn.headers.get('set-cookie')!.split(';', 1)[0]!
  expect((await post(nobody, request, { cookie, origin: hub.origin })).status).toBe(200)
  expect((await post(nobody, request, { cookie, origin: 'https://evil.example' })).status).toBe(403)
})

describe('what does not fit', () => {
  const failureOf = async (body: unknown): Promise<{ status: number; text: string; failure: ApiFailure }> => {
    const answer = await post(administrator, body)
    const text = await answer.text()
    return { status: answer.status, text, failure: JSON.parse(text) as ApiFailure }
  }

  test.each([
    ['no document', {}],
    ['a block that there is not', { ...request, document: { ...document, sections: [{ block: 'script' }] } }],
    ['no language', { ...request, document: { ...document, language: '#panic()' } }],
    ['no day', { ...request, day: '2026-99-99' }],
    ['no instant', { ...request, made: 'yesterday' }],
    ['more than was asked for', { ...request, template: '#panic()' }],
  ])('is refused: %s', async (_, body) => {
    const { status, failure } = await failureOf(body)
    expect([status, failure.error]).toEqual([400, 'bad-request'])
  })

  test('is named, when it is letters that no font has', async () => {
    const { status, failure, text } = await failureOf({ ...request, document: { ...document, title: '漢字' } })
    expect(status).toBe(400)
    expect(failure.faults).toEqual([
      { field: 'document', message: 'no font has 漢' },
      { field: 'document', message: 'no font has 字' },
    ])
    for (const word of words) expect(text).not.toContain(word)
  })

  test('is refused, when it is too much', async () => {
    const { status, failure } = await failureOf({ ...request, padding: 'x'.repeat(5_000_000) })
    expect([status, failure.error]).toEqual([413, 'too-large'])
  })
})

test('the log tells that documents were made, and no word of them', () => {
  expect(hub.log()).toContain(paths.minutesPdf)
  for (const word of [...words, '漢', shortMinutes.title]) expect(hub.log()).not.toContain(word)
})
