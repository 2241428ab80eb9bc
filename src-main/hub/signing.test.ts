import { expect, test } from 'vitest'
import { signingSuite } from '../../shared/ports/signing.suite.ts'
import { hubKeyOf, isSigned, makeSecretKey, nodeSigning } from './signing.ts'

signingSuite(nodeSigning)

test('a kept secret gives the same key again, and signs for it alone', () => {
  const secret = makeSecretKey()
  const [key, again, other] = [hubKeyOf(secret), hubKeyOf(secret), hubKeyOf(makeSecretKey())]
  expect(again.publicKey).toBe(key.publicKey)
  expect(again.secretFor('a')).toEqual(key.secretFor('a'))
  expect(again.secretFor('a')).not.toEqual(key.secretFor('b'))
  expect(isSigned(key.publicKey, 'ä', again.sign('ä'))).toBe(true)
  expect(isSigned(key.publicKey, 'ä', other.sign('ä'))).toBe(false)
})
