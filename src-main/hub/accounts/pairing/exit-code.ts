import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { exitCost, exitHashBytes } from '../../../../shared/hub-api/room-device.ts'

const digest = promisify<string, Buffer, number, typeof exitCost, Buffer>(scrypt)

/** What is kept of an exit code, under a salt of its own. The device checks against it without the hub. */
export async function hashExitCode(code: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await digest(code, salt, exitHashBytes, exitCost)
  return `s1.${salt.toString('base64url')}.${hash.toString('base64url')}`
}
