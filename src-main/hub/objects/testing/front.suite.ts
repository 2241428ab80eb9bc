import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OnEnd } from '../../testing/hub.ts'

/** Its connection is cut, at once or within the answer; it is said no to, everybody is answered, its body comes changed. */
type Verdict = 'cut' | 'break' | 'refuse' | 'open' | 'spoil' | undefined

/** What stands before a server and does as it is told. */
export interface Front {
  readonly origin: string
  /** Method and path of every request that came. */
  readonly asked: string[]
  /** What happens to a request, once it is known: it is let through unless anything is said. */
  judge: (method: string, path: string) => Verdict | Promise<Verdict>
}

/** A front before the server at an origin: requests go through unchanged, so that their signatures hold. */
export async function startFront(origin: string, onEnd: OnEnd): Promise<Front> {
  const { hostname, port } = new URL(origin)
  const pass = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = asked
    front.asked.push(`${method} ${url}`)
    const verdict = await front.judge(method, url)
    if (verdict === 'cut') return void asked.destroy()
    if (verdict === 'refuse') return sayNo(asked, answer)
    if (verdict === 'open' && asked.headers.authorization === undefined) return void answer.end('for everybody')
    const onward = request({ hostname, port, method, path: url, headers: asked.headers })
    onward.once('error', () => asked.destroy())
    onward.once('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      if (verdict === 'break')
        response.once('data', (bytes: Buffer) => answer.write(bytes.subarray(1), () => answer.destroy()))
      else response.pipe(answer)
    })
    if (verdict === 'spoil') asked.once('data', (bytes: Buffer) => void (bytes[0]! ^= 1))
    asked.pipe(onward)
  }
  const server = createServer((asked, answer) => void pass(asked, answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front: Front = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    judge: () => undefined,
  }
  onEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return front
}

function sayNo(asked: IncomingMessage, answer: ServerResponse): void {
  asked.resume()
  answer.writeHead(403, { 'content-type': 'application/xml' })
  answer.end('<Error><Code>AccessDenied</Code></Error>')
}
