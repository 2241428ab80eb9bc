import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

test('the policy allows no inline script and speaks to nobody but the hub that is named', () => {
  const directives = new Map(
    contentSecurityPolicy('https://10.0.0.5:8443')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  )
  expect(directives.get('default-src')).toEqual(["'none'"])
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
  expect(directives.get('connect-src')).toEqual(["'self'", 'https://10.0.0.5:8443', 'wss://10.0.0.5:8443'])
  expect(contentSecurityPolicy()).not.toMatch(/https?:|wss?:|\*/)
})
