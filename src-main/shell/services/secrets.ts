import { safeStorage } from 'electron'
import * as v from 'valibot'
import type { Log } from './log.ts'
import { readState, writeState } from './state-file.ts'

const schema = v.record(v.string(), v.string())

/**
 * Secrets under the operating system's keyring. Where there is none (on Linux the backend is then plain text), they
 * live in memory and end with the app; callers are told by `kept: false`.
 */
export class Secrets {
  readonly #path: string
  readonly #log: Log
  readonly #passing = new Map<string, string>()
  #sealed: Record<string, string>

  constructor(path: string, log: Log) {
    this.#path = path
    this.#log = log
    const stored = v.safeParse(schema, readState(path))
    this.#sealed = stored.success ? stored.output : {}
  }

  async hasKeyring(): Promise<boolean> {
    const plainText = ['basic_text', 'unknown']
    if (process.platform === 'linux' && plainText.includes(safeStorage.getSelectedStorageBackend())) return false
    return safeStorage.isAsyncEncryptionAvailable()
  }

  async read(name: string): Promise<string | null> {
    const sealed = this.#sealed[name]
    if (sealed === undefined || !(await this.hasKeyring())) return this.#passing.get(name) ?? null
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))
      if (shouldReEncrypt) await this.write(name, result)
      return result
    } catch (error) {
      // The keyring was reset or belongs to another user: what it sealed is lost, and signing in again replaces it.
      this.#log.warn({ name, error }, 'a secret cannot be opened any more')
      this.forget(name)
      return null
    }
  }

  async write(name: string, value: string): Promise<{ kept: boolean }> {
    if (!(await this.hasKeyring())) {
      this.#passing.set(name, value)
      return { kept: false }
    }
    const sealed = await safeStorage.encryptStringAsync(value)
    this.#store({ ...this.#sealed, [name]: sealed.toString('base64') })
    return { kept: true }
  }

  forget(name: string): void {
    this.#passing.delete(name)
    const { [name]: gone, ...rest } = this.#sealed
    if (gone !== undefined) this.#store(rest)
  }

  forgetAll(): void {
    this.#passing.clear()
    this.#store({})
  }

  #store(sealed: Record<string, string>): void {
    this.#sealed = sealed
    writeState(this.#path, sealed)
  }
}
