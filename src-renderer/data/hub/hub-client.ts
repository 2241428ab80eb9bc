import { paths, type ApiFailure } from '../../../shared/hub-api/contract.ts'
import { failed, success, type Result } from '../../../shared/result.ts'

export type HubAnswer<Value> = Promise<Result<Value, ApiFailure | 'unreachable'>>

/** Speaks HTTP to one hub: same origin by cookie, another origin (desktop app) by bearer token. */
export class HubClient {
  readonly origin: string
  #token: () => Promise<string | null>

  constructor(origin: string, token: () => Promise<string | null>) {
    this.origin = origin
    this.#token = token
  }

  /**
   * Asks with a JSON body and reads a JSON answer; `unreachable` when no hub answered.
   *
   * @param within milliseconds for the answer; without it a hub may take its time
   */
  async ask<Value>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    within?: number,
  ): HubAnswer<Value> {
    const answer = await this.#answer(path, {
      method,
      ...withJson(body),
      ...(within === undefined ? {} : { signal: AbortSignal.timeout(within) }),
    })
    if (!answer.ok) return answer
    const text = await answer.value.text()
    return success((text ? JSON.parse(text) : undefined) as Value)
  }

  /** Posts a JSON body that is answered with a file. */
  async askBytes(path: string, body: unknown): HubAnswer<Blob> {
    const answer = await this.#answer(path, { method: 'POST', ...withJson(body) })
    return answer.ok ? success(await answer.value.blob()) : answer
  }

  async #answer(path: string, init: RequestInit): HubAnswer<Response> {
    const response = await this.request(path, init)
    if (!response) return failed('unreachable')
    return response.ok ? success(response) : failed(await readFailure(response))
  }

  /** One request with the session's credentials; undefined when no hub answered. */
  async request(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    try {
      return await this.fetch(`${this.origin}${path}`, init)
    } catch (fault) {
      if (fault instanceof DOMException && fault.name === 'AbortError') throw fault
      return undefined
    }
  }

  /** `fetch` with the session's credentials, for libraries that bring their own requests. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const token = await this.#token()
    const headers = new Headers(init.headers)
    if (token) headers.set('authorization', `Bearer ${token}`)
    return fetch(url, { ...init, headers, credentials: token ? 'omit' : 'same-origin', cache: 'no-store' })
  }

  /** Address of the live socket for a ticket. */
  socketUrl(ticket: string): string {
    const url = new URL(paths.live, this.origin)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    url.searchParams.set('ticket', ticket)
    return url.href
  }
}

const withJson = (body: unknown): RequestInit =>
  body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }

/** A proxy in between may answer without our body. */
export async function readFailure(response: Response): Promise<ApiFailure> {
  try {
    const body = (await response.json()) as ApiFailure
    if (typeof body.error === 'string') return body
  } catch {
    // No JSON: the status has to do.
  }
  return { error: response.status === 404 ? 'not-found' : 'internal', message: `status ${response.status}` }
}
