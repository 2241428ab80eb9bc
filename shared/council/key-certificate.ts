import * as v from 'valibot'
import { idOf, instant } from '../oparl/record.ts'
import { roles } from './role.ts'

/** Raw Ed25519 public key (RFC 8032), base 64. */
export const publicKeySchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a raw Ed25519 key in base 64'),
)

/** A hub's word, signed with its own key, on whose device signs with a key and what its person may do. */
export const keyCertificateSchema = v.strictObject({
  publicKey: publicKeySchema,
  account: v.string(),
  person: v.nullable(idOf('person')),
  roles: v.array(v.picklist(roles)),
  device: v.string(),
  issued: instant,
  /** The hub that certifies: SHA-256 of its public key, in hexadecimal digits. */
  hub: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  signature: v.string(),
})
export type KeyCertificate = v.InferOutput<typeof keyCertificateSchema>
