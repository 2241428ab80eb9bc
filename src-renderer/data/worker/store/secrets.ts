import type { WindowAsks } from '../contract.ts'
import type { DeviceStore } from './device-store.ts'

/** Where the keys of closed audiences and the session's token are. */
export interface Secrets {
  /** The key of a copy; undefined when it was dropped or this computer does not keep keys. */
  key(copy: string): Promise<CryptoKey | undefined>
  makeKey(copy: string): Promise<CryptoKey>
  /** Makes all bytes useless that were sealed with it. */
  dropKey(copy: string): Promise<void>
  token(): Promise<string | null>
  keepToken(token: string): Promise<void>
  dropToken(): Promise<void>
}

const algorithm = { name: 'AES-GCM', length: 256 }

/** In a browser: keys that cannot be extracted, in the browser's own store. The session is a cookie. */
export const browserSecrets = (store: DeviceStore): Secrets => ({
  key: (copy) => store.get('keys', copy),
  async makeKey(copy) {
    const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
    await putStrictly(store, copy, key)
    return key
  },
  async dropKey(copy) {
    const transaction = store.transaction('keys', 'readwrite', { durability: 'strict' })
    await transaction.store.delete(copy)
    await transaction.done
  },
  token: async () => null,
  keepToken: async () => {},
  dropToken: async () => {},
})

async function putStrictly(store: DeviceStore, copy: string, key: CryptoKey): Promise<void> {
  const transaction = store.transaction('keys', 'readwrite', { durability: 'strict' })
  await transaction.store.put(key, copy)
  await transaction.done
}

/** In the desktop app: in the keyring of the operating system, asked for through a window. */
export function keyringSecrets(ask: WindowAsks): Secrets {
  const held = new Map<string, CryptoKey>()
  const hold = async (copy: string, raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
    const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['encrypt', 'decrypt'])
    held.set(copy, key)
    return key
  }
  return {
    async key(copy) {
      const known = held.get(copy)
      if (known) return known
      const secret = await ask.readSecret(`key:${copy}`)
      return secret === null
        ? undefined
        : hold(
            copy,
            Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0)),
          )
    },
    async makeKey(copy) {
      const raw = crypto.getRandomValues(new Uint8Array(algorithm.length / 8))
      await ask.writeSecret(`key:${copy}`, btoa(String.fromCharCode(...raw)))
      return hold(copy, raw)
    },
    async dropKey(copy) {
      held.delete(copy)
      await ask.forgetSecret(`key:${copy}`)
    },
    token: () => ask.readSecret('token'),
    keepToken: async (token) => void (await ask.writeSecret('token', token)),
    dropToken: () => ask.forgetSecret('token'),
  }
}
