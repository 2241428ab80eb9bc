import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import type { Signing } from '../../shared/ports/signing.ts'

/** The hub's own signing key; the secret half never leaves this object. */
export interface HubKey {
  /** Raw Ed25519 public key, base 64. */
  readonly publicKey: string
  /** SHA-256 of the public key, in hexadecimal digits. */
  readonly fingerprint: string
  /** Ed25519 signature of a text, base 64. */
  sign(text: string): string
  /** HMAC-SHA-256 with a secret that belongs to this key and one purpose alone. */
  secretFor(purpose: string): Buffer
}

const keyPattern = /^[A-Za-z0-9+/]{43}=$/
const signaturePattern = /^[A-Za-z0-9+/]{86}==$/

/** SHA-256 of a text, in hexadecimal digits. */
export const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** SHA-256 of a raw public key that is given in base 64, in hexadecimal digits. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')

/** A new key as PKCS #8 in base 64: what is kept of a hub's key. */
export const makeSecretKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')

const rawPublicKey = (key: KeyObject): string =>
  Buffer.from(String(createPublicKey(key).export({ format: 'jwk' }).x), 'base64url').toString('base64')

/** The key of a kept secret. */
export function hubKeyOf(secret: string): HubKey {
  const der = Buffer.from(secret, 'base64')
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = rawPublicKey(key)
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
    secretFor: (purpose) => createHash('sha256').update(`${purpose}\0`).update(der).digest(),
  }
}

/** Whether an Ed25519 signature fits; false for anything malformed. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  if (!keyPattern.test(publicKey) || !signaturePattern.test(signature)) return false
  return verify(null, Buffer.from(text, 'utf8'), keyObjectOf(publicKey), Buffer.from(signature, 'base64'))
}

/** Keys that were read, by their text: every event of a device is signed with the same one. */
const keyObjects = new Map<string, KeyObject>()
const mostKeyObjects = 2000

/** Throws where the text is no key. */
function keyObjectOf(publicKey: string): KeyObject {
  const known = keyObjects.get(publicKey)
  if (known) return known
  const x = Buffer.from(publicKey, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  if (keyObjects.size >= mostKeyObjects) keyObjects.clear()
  keyObjects.set(publicKey, key)
  return key
}

/** Digests and signatures by Node's own cryptography. */
export const nodeSigning = (): Signing => ({
  digest: async (text) => digestOf(text),
  fingerprint: async (publicKey) => fingerprintOf(publicKey),
  verify: async (publicKey, text, signature) => isSigned(publicKey, text, signature),
})
