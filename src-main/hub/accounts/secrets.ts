import { argon2id, hash, needsRehash, verify } from 'argon2'
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane; about 30 ms on a small server. */
const cost = { type: argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/** Checked instead of the hash that an unknown login does not have, so that both take the same time. */
const nobodysHash = hashPassword(randomBytes(32).toString('base64'))

/** Whether a password is the one of a hash; takes the same time when there is no hash. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobodysHash), password.normalize('NFKC'))
  return matches && passwordHash !== undefined
}

/** Whether a hash was made at another cost than today's. */
export const isOutdated = (passwordHash: string): boolean => needsRehash(passwordHash, cost)

/** 256 bits of chance for session tokens, invitation codes and tickets. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token: with 256 bits of chance a plain digest suffices. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Crockford's base 32: no I, L, O, U, so that it can be read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code that a person types, in groups of four: five bits of chance each character. */
export function makeCode(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Compares what was typed with a code, whatever its case and dashes, in constant time. */
export function isCode(typed: string, code: string): boolean {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[\s-]/g, '')
  const digest = (text: string) => createHash('sha256').update(plain(text)).digest()
  return timingSafeEqual(digest(typed), digest(code))
}
