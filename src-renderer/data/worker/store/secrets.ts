import type { WindowAsks } from '../contract.ts'
import { base64ToBytes, bytesToBase64 } from '../base64.ts'
import type { DeviceStore } from './device-store.ts'
import { seal, unseal } from './sealing.ts'

/** Where the keys of closed audiences and the session's token are. */
export interface Secrets {
  /** The key of a copy; undefined when it was dropped or this computer does not keep keys. */
  key(copy: string): Promise<CryptoKey | undefined>
  makeKey(copy: string): Promise<CryptoKey>
  /** Makes all bytes useless that were sealed with it. */
  dropKey(copy: string): Promise<void>
  /** The pair by which this device signs for an account; undefined when it was dropped or is not kept. */
  signingKey(account: string): Promise<CryptoKeyPair | undefined>
  makeSigningKey(account: string): Promise<CryptoKeyPair>
  dropSigningKey(account: string): Promise<void>
  /** Keys that the account's passwords made on this device: of the present one, then of the one before. */
  passwordKeys(account: string): Promise<CryptoKey[]>
  keepPasswordKey(account: string, raw: Uint8Array<ArrayBuffer>): Promise<void>
  dropPasswordKeys(account: string): Promise<void>
  token(): Promise<string | null>
  keepToken(token: string): Promise<void>
  dropToken(): Promise<void>
}

const algorithm = { name: 'AES-GCM', length: 256 }
const signing = { name: 'Ed25519' }
const [secretHalf, publicHalf] = ['signing:', 'verifying:']
const passwordNames = (account: string): [present: string, before: string] => [
  `password:${account}`,
  `password-before:${account}`,
]
const importKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, algorithm, false, ['encrypt', 'decrypt'])

/** In a browser: keys that cannot be extracted, in the browser's own store. The session is a cookie. */
export const browserSecrets = (store: DeviceStore): Secrets => ({
  key: (copy) => store.get('keys', copy),
  async makeKey(copy) {
    const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
    await putStrictly(store, copy, key)
    return key
  },
  dropKey: (copy) => deleteStrictly(store, [copy]),
  async signingKey(account) {
    const [privateKey, publicKey] = await Promise.all(
      [secretHalf, publicHalf].map((half) => store.get('keys', `${half}${account}`)),
    )
    return privateKey && publicKey ? { privateKey, publicKey } : undefined
  },
  async makeSigningKey(account) {
    const pair = (await crypto.subtle.generateKey(signing, false, ['sign', 'verify'])) as CryptoKeyPair
    await putStrictly(store, `${publicHalf}${account}`, pair.publicKey)
    await putStrictly(store, `${secretHalf}${account}`, pair.privateKey)
    return pair
  },
  dropSigningKey: (account) =>
    deleteStrictly(
      store,
      [secretHalf, publicHalf].map((half) => `${half}${account}`),
    ),
  ...browserPasswordKeys(store),
  token: async () => null,
  keepToken: async () => {},
  dropToken: async () => {},
})

type PasswordSecrets = Pick<Secrets, 'passwordKeys' | 'keepPasswordKey' | 'dropPasswordKeys'>

const browserPasswordKeys = (store: DeviceStore): PasswordSecrets => ({
  async passwordKeys(account) {
    const found = await Promise.all(passwordNames(account).map((name) => store.get('keys', name)))
    return found.filter((key) => key !== undefined)
  },
  async keepPasswordKey(account, raw) {
    const [name, before] = passwordNames(account)
    const [present, next] = [await store.get('keys', name), await importKey(raw)]
    if (present && (await isSameKey(present, next))) return
    if (present) await putStrictly(store, before, present)
    await putStrictly(store, name, next)
  },
  dropPasswordKeys: (account) => deleteStrictly(store, passwordNames(account)),
})

/** Keys that cannot be extracted are the same when one opens what the other sealed. */
async function isSameKey(one: CryptoKey, other: CryptoKey): Promise<boolean> {
  const sealed = await seal(one, 'same', new Uint8Array(1))
  return unseal(other, 'same', sealed).then(
    () => true,
    () => false,
  )
}

async function putStrictly(store: DeviceStore, name: string, key: CryptoKey): Promise<void> {
  const transaction = store.transaction('keys', 'readwrite', { durability: 'strict' })
  await transaction.store.put(key, name)
  await transaction.done
}

async function deleteStrictly(store: DeviceStore, names: readonly string[]): Promise<void> {
  const transaction = store.transaction('keys', 'readwrite', { durability: 'strict' })
  for (const name of names) await transaction.store.delete(name)
  await transaction.done
}

/** In the desktop app: in the keyring of the operating system, asked for through a window. */
export function keyringSecrets(ask: WindowAsks): Secrets {
  const held = new Map<string, CryptoKey>()
  const hold = async (copy: string, raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
    const key = await importKey(raw)
    held.set(copy, key)
    return key
  }
  return {
    async key(copy) {
      const known = held.get(copy)
      if (known) return known
      const secret = await ask.readSecret(`key:${copy}`)
      return secret === null ? undefined : hold(copy, base64ToBytes(secret))
    },
    async makeKey(copy) {
      const raw = crypto.getRandomValues(new Uint8Array(algorithm.length / 8))
      await ask.writeSecret(`key:${copy}`, bytesToBase64(raw))
      return hold(copy, raw)
    },
    async dropKey(copy) {
      held.delete(copy)
      await ask.forgetSecret(`key:${copy}`)
    },
    ...keyringSigning(ask),
    ...keyringPasswordKeys(ask),
    token: () => ask.readSecret('token'),
    keepToken: async (token) => void (await ask.writeSecret('token', token)),
    dropToken: () => ask.forgetSecret('token'),
  }
}

const keyringPasswordKeys = (ask: WindowAsks): PasswordSecrets => ({
  async passwordKeys(account) {
    const found = await Promise.all(passwordNames(account).map((name) => ask.readSecret(name)))
    return Promise.all(found.flatMap((secret) => (secret === null ? [] : importKey(base64ToBytes(secret)))))
  },
  async keepPasswordKey(account, raw) {
    const [name, before] = passwordNames(account)
    const [present, next] = [await ask.readSecret(name), bytesToBase64(raw)]
    if (present === next) return
    if (present !== null) await ask.writeSecret(before, present)
    await ask.writeSecret(name, next)
  },
  async dropPasswordKeys(account) {
    for (const name of passwordNames(account)) await ask.forgetSecret(name)
  },
})

type SigningSecrets = Pick<Secrets, 'signingKey' | 'makeSigningKey' | 'dropSigningKey'>

const keyringSigning = (ask: WindowAsks): SigningSecrets => ({
  async signingKey(account) {
    const secret = await ask.readSecret(`${secretHalf}${account}`)
    return secret === null ? undefined : importPair(JSON.parse(secret) as JsonWebKey)
  },
  async makeSigningKey(account) {
    const pair = (await crypto.subtle.generateKey(signing, true, ['sign', 'verify'])) as CryptoKeyPair
    const whole = await crypto.subtle.exportKey('jwk', pair.privateKey)
    await ask.writeSecret(`${secretHalf}${account}`, JSON.stringify(whole))
    return importPair(whole)
  },
  dropSigningKey: (account) => ask.forgetSecret(`${secretHalf}${account}`),
})

async function importPair(whole: JsonWebKey): Promise<CryptoKeyPair> {
  const { d: _, ...open } = whole
  return {
    privateKey: await crypto.subtle.importKey('jwk', { ...whole, key_ops: ['sign'] }, signing, false, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', { ...open, key_ops: ['verify'] }, signing, true, ['verify']),
  }
}
