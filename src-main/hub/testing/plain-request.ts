import { Agent, request } from 'node:http'

export interface Answer {
  readonly status: number
  /** Status line, headers and body, as one text. */
  readonly text: string
  readonly body: string
}

/** Sends a request exactly as it is written; `fetch` would tidy its path up and refuse some methods. */
export type SendPlainly = (
  method: string,
  path: string,
  options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Answer>

/** Requests to one hub over connections that stay open. */
export function plainRequests(origin: string): { readonly send: SendPlainly; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const { hostname, port } = new URL(origin)
  const send: SendPlainly = (method, path, { body, headers } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      const content =
        text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
      const sent = request({ agent, hostname, port, method, path, headers: { ...content, ...headers } }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const received = Buffer.concat(chunks).toString('utf8')
          const status = answer.statusCode ?? 0
          resolve({ status, body: received, text: `${status}\n${answer.rawHeaders.join('\n')}\n${received}` })
        })
      })
      sent.on('error', reject)
      sent.end(text)
    })
  return { send, close: () => agent.destroy() }
}
