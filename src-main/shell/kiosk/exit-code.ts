import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { exitCost, exitHashBytes } from '../../../shared/hub-api/room-device.ts'

const digest = promisify<string, Buffer, number, typeof exitCost, Buffer>(scrypt)

/** Whether what somebody typed is the exit code of a hash that the hub made; asks no network. */
export async function isExitCode(typed: string, hash: string): Promise<boolean> {
  const [, salt = '', kept = ''] = hash.split('.')
  const expected = Buffer.from(kept, 'base64url')
  const given = await digest(typed, Buffer.from(salt, 'base64url'), exitHashBytes, exitCost)
  return expected.length === given.length && timingSafeEqual(given, expected)
}
