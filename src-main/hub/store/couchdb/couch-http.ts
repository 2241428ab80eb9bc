import { StoreError } from '../store-error.ts'

/** CouchDB's answer to a request that it understood, with the status that it gave. */
export interface CouchAnswer {
  readonly status: number
  readonly body: unknown
}

/** Speaks JSON over HTTP with one CouchDB. */
export class CouchHttp {
  /** The address without name and password: fit for messages. */
  readonly place: string
  readonly #headers: Record<string, string>

  constructor(address: string) {
    const url = new URL(address)
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    this.#headers = { accept: 'application/json', 'content-type': 'application/json' }
    if (url.username) this.#headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`
    url.username = url.password = url.search = url.hash = ''
    this.place = url.href.replace(/\/$/, '')
  }

  /**
   * Sends a request. Answers of the statuses in `expected` come back, 2xx always; everything else throws `StoreError`.
   * `path` is already encoded and begins with a slash.
   */
  async ask(method: string, path: string, body?: unknown, expected: readonly number[] = []): Promise<CouchAnswer> {
    const response = await this.#send(method, path, body)
    if (!response.ok && !expected.includes(response.status)) throw this.#refusal(response.status, method)
    const text = await this.#guarded(() => response.text())
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }

  /** The bytes behind a path; undefined when there is nothing. */
  async bytes(path: string): Promise<Uint8Array | undefined> {
    const response = await this.#send('GET', path, undefined)
    if (response.status === 404) return undefined
    if (!response.ok) throw this.#refusal(response.status, 'GET')
    return this.#guarded(async () => new Uint8Array(await response.arrayBuffer()))
  }

  #send(method: string, path: string, body: unknown): Promise<Response> {
    const content = body === undefined ? null : JSON.stringify(body)
    return this.#guarded(() => fetch(this.place + path, { method, headers: this.#headers, body: content }))
  }

  async #guarded<Value>(act: () => Promise<Value>): Promise<Value> {
    try {
      return await act()
    } catch (thrown) {
      const advice = 'does not answer. Start CouchDB, or correct the address in the configuration.'
      throw new StoreError('unreachable', this.place, `${this.place} ${advice}`, { cause: thrown })
    }
  }

  /** Paths hold ids of documents, so the message names the place and the method alone. */
  #refusal(status: number, method: string): StoreError {
    const advice =
      status === 401 || status === 403
        ? 'refuses the name or password. Correct them in the configuration.'
        : `answers ${method} with ${status}. Look into CouchDB's log.`
    return new StoreError('unreachable', this.place, `${this.place} ${advice}`)
  }
}
