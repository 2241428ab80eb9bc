import { readFile } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { extname, join } from 'node:path'

/** What stands between devices and a hub: one origin that outlives hubs, and a network that can be cut. */
export interface Front {
  readonly origin: string
  /** Leads to a hub, or nowhere: requests fail as without a network, open sockets break. */
  leadTo(hub: string | undefined): void
  /** From now on the hub hears devices, and they no longer hear it; until it leads to a hub again. */
  swallowAnswers(): void
  /** Holds questions (GET) to a path back: `isAsked` settles with the first, `release` lets them through to the hub. */
  hold(path: string): Held
  close(): Promise<void>
}

export interface Held {
  readonly isAsked: Promise<void>
  release(): void
}

const contentTypes: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/** Starts a front whose `/app` is the given folder of built files; what is not there the hub is asked for. */
export async function startFront(app: string): Promise<Front> {
  let target: URL | undefined
  const sockets = new Set<Socket>()
  const answers = { swallowed: false }
  const held = new Map<string, () => Promise<void>>()
  const server = createServer((asked, answer) => {
    const ask = async (): Promise<void> => {
      if (asked.method === 'GET') await held.get(asked.url ?? '')?.()
      if (target) pass(target, { asked, answer }, answers)
      else asked.socket.destroy()
    }
    if (asked.url?.startsWith('/app/')) void serveFile(app, asked.url, answer, () => void ask())
    else void ask()
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (asked, socket, head) => {
    if (target) passSocket(target, { asked, socket: socket as Socket, head }, answers)
    else socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => sockets.forEach((socket) => socket.destroy())
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(hub) {
      target = hub === undefined ? undefined : new URL(hub)
      answers.swallowed = false
      cut()
    },
    swallowAnswers: () => void (answers.swallowed = true),
    hold(path) {
      const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      held.set(path, () => {
        asked.resolve()
        return released.promise
      })
      const release = (): void => {
        held.delete(path)
        released.resolve()
      }
      return { isAsked: asked.promise, release }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}

async function serveFile(app: string, url: string, answer: ServerResponse, orElse: () => void): Promise<void> {
  const path = join(app, new URL(url, 'http://front').pathname.slice('/app'.length))
  try {
    const body = await readFile(path)
    answer.writeHead(200, { 'content-type': contentTypes[extname(path)] ?? 'application/octet-stream' }).end(body)
  } catch {
    orElse()
  }
}

interface Answers {
  swallowed: boolean
}

function pass(
  target: URL,
  { asked, answer }: { asked: IncomingMessage; answer: ServerResponse },
  answers: Answers,
): void {
  const { method, headers, url } = asked
  const passed = request({ host: target.hostname, port: target.port, method, headers, path: url }, (answered) => {
    if (answers.swallowed) return void answered.resume()
    answer.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(answer)
    answered.on('error', () => answer.destroy())
  })
  passed.on('error', () => answer.destroy())
  answer.on('close', () => passed.destroy())
  asked.pipe(passed)
}

function passSocket(
  target: URL,
  { asked, socket, head }: { asked: IncomingMessage; socket: Socket; head: Buffer },
  answers: Answers,
): void {
  const hub = connect(Number(target.port), target.hostname, () => {
    const lines = asked.rawHeaders.flatMap((name, place) =>
      place % 2 ? [] : `${name}: ${asked.rawHeaders[place + 1]}`,
    )
    hub.write([`${asked.method} ${asked.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    hub.write(head)
    socket.pipe(hub)
    hub.on('data', (bytes: Buffer) => void (answers.swallowed || socket.write(bytes)))
  })
  for (const [one, other] of [
    [socket, hub],
    [hub, socket],
  ] as const) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
}
