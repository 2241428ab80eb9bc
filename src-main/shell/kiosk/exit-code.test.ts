import { randomBytes, scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { exitCost, exitHashBytes } from '../../../shared/hub-api/room-device.ts'
import { isExitCode } from './exit-code.ts'

test('the code of a hash is known by it, and no other', async () => {
  const salt = randomBytes(16)
  const digest = scryptSync('731905', salt, exitHashBytes, exitCost)
  const hash = `s1.${salt.toString('base64url')}.${digest.toString('base64url')}`
  expect(await isExitCode('731905', hash)).toBe(true)
  for (const wrong of ['731904', '', '731905 ', '7319050', 'x'.repeat(100)])
    expect(await isExitCode(wrong, hash)).toBe(false)
  const other = `s1.${randomBytes(16).toString('base64url')}.${digest.toString('base64url')}`
  expect(await isExitCode('731905', other)).toBe(false)
  for (const broken of ['', 's1..', 's1.abc.']) expect(await isExitCode('', broken)).toBe(false)
})
