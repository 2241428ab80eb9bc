import type { Signing } from '../../../../shared/ports/signing.ts'
import { base64ToBytes, bytesToBase64 } from '../base64.ts'

const utf8 = new TextEncoder()
const ed25519 = { name: 'Ed25519' }
/** 32 bytes in base 64. */
const isRawKey = /^[A-Za-z0-9+/]{43}=$/

async function digestBytes(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** SHA-256 of a text, in hexadecimal digits. */
export const digestOf = (text: string): Promise<string> => digestBytes(utf8.encode(text))

/** A name for a public key: SHA-256 of its raw bytes, which come in base 64. */
export const fingerprintOf = async (publicKey: string): Promise<string> => digestBytes(base64ToBytes(publicKey))

export async function signText(key: CryptoKey, text: string): Promise<string> {
  return bytesToBase64(await crypto.subtle.sign(ed25519, key, utf8.encode(text)))
}

/** Digests and signatures by WebCrypto; keys that were read once are kept. */
export function webSigning(): Signing {
  const keys = new Map<string, Promise<CryptoKey>>()
  const keyOf = (publicKey: string): Promise<CryptoKey> => {
    const known = keys.get(publicKey)
    if (known) return known
    const key = crypto.subtle.importKey('raw', base64ToBytes(publicKey), ed25519, false, ['verify'])
    keys.set(publicKey, key)
    return key
  }
  return {
    digest: digestOf,
    fingerprint: async (publicKey) => (isRawKey.test(publicKey) ? fingerprintOf(publicKey) : ''),
    async verify(publicKey, text, signature) {
      try {
        return await crypto.subtle.verify(ed25519, await keyOf(publicKey), base64ToBytes(signature), utf8.encode(text))
      } catch {
        // No base 64, or no key: whoever wrote it did not sign it.
        return false
      }
    },
  }
}
