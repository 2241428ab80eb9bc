import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failed, success } from '../result.ts'
import { joinCodeToLink, linkToJoinCode } from './join-code.ts'

const fingerprint = 'q1w2e3r4t5z6u7i8o9p0a1s2d3f4g5h6j7k8l9y0x_-'

test('a join code survives its way through a link', () => {
  const origin = fc.oneof(
    fc.tuple(fc.ipV4(), fc.nat(65535)).map(([host, port]) => `https://${host}:${port}`),
    fc.ipV6().map((host) => `https://[${host}]:8480`),
    fc.domain().map((host) => `https://${host}`),
    fc.constantFrom('http://127.0.0.1:8480', 'http://[::1]:8480', 'http://localhost'),
  )
  const key = fc.option(
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    { nil: undefined },
  )
  fc.assert(
    fc.property(origin, key, (origin, fingerprint) => {
      const code = fingerprint === undefined ? { origin } : { origin, fingerprint }
      expect(linkToJoinCode(joinCodeToLink(code))).toEqual(success(code))
    }),
  )
})

test('reads what people paste', () => {
  const code = success({ origin: 'https://10.0.0.5:8480', fingerprint })
  const query = `hub=https%3A%2F%2F10.0.0.5%3A8480&key=${fingerprint}`
  expect(linkToJoinCode(`  ratssaal://join?${query}\n`)).toEqual(code)
  expect(linkToJoinCode(`ratssaal://join/?${query}`)).toEqual(code)
  expect(linkToJoinCode(`ratssaal://join?${query}&later=1`)).toEqual(code)
})

test.each([
  ['https://10.0.0.5:8480', 'no-join-link'],
  ['ratssaal://leave?hub=https://a', 'no-join-link'],
  ['ratssaal://join?hub=%E0%A4%A', 'no-join-link'],
  ['ratssaal://join?key=1', 'no-origin'],
  ['ratssaal://join?hub=https://a/path', 'no-origin'],
  ['ratssaal://join?hub=https://user@a', 'no-origin'],
  ['ratssaal://join?hub=javascript:alert(1)', 'no-origin'],
  ['ratssaal://join?hub=http://10.0.0.5:8480', 'insecure-origin'],
  ['ratssaal://join?hub=http://127.0.0.1.example.org', 'insecure-origin'],
  ['ratssaal://join?hub=https://a&key=short', 'bad-fingerprint'],
])('refuses %s: %s', (link, fault) => {
  expect(linkToJoinCode(link)).toEqual(failed(fault))
})
