import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/**
 * As many clients on a bare socket server in a process of its own, which sends to all what one of them sends. Measured
 * as in the room: the client that is told last parses what it hears, what the others hear waits in their sockets.
 */
export class Echo {
  readonly #url: string
  readonly #stop: () => void
  #sockets: WebSocket[] = []

  static async open(clients: number): Promise<Echo> {
    const child = fork(import.meta.filename, ['echo'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const [port] = (await once(child, 'message')) as [number]
    const echo = new Echo(`ws://127.0.0.1:${port}`, () => child.kill('SIGKILL'))
    for (let index = 0; index < clients; index += 1) await echo.#connect()
    return echo
  }

  private constructor(url: string, stop: () => void) {
    this.#url = url
    this.#stop = stop
  }

  /** Where another client connects to. */
  get url(): string {
    return this.#url
  }

  /** Sends to all what the first client says. */
  say(message: string): void {
    this.#sockets[0]?.send(message)
  }

  async #connect(): Promise<void> {
    const socket = new WebSocket(this.#url)
    await once(socket, 'open')
    this.#sockets.push(socket)
  }

  /** Another one enters anew, and so is told last; the first one acts. */
  async #nextInTurn(): Promise<{ last: WebSocket; others: readonly WebSocket[] }> {
    const [socket] = this.#sockets.splice(1, 1)
    socket?.close()
    if (socket) await once(socket, 'close')
    await this.#connect()
    const others = this.#sockets.slice(0, -1)
    const last = this.#sockets.at(-1)
    if (!last) throw new Error('Nobody is there')
    return { last, others }
  }

  /** Milliseconds until who is told last has what another one sent. */
  async event(message: string): Promise<number> {
    const { last, others } = await this.#nextInTurn()
    for (const socket of others) socket.pause()
    const begin = performance.now()
    await this.#toAll(message, last)
    const took = performance.now() - begin
    for (const socket of others) socket.resume()
    return took
  }

  /** As in a vote: each voter's message comes back to them alone, then messages go to everybody, one after the other. */
  async vote(voters: number, ballot: Buffer, toAll: readonly string[]): Promise<number> {
    const { last, others } = await this.#nextInTurn()
    const begin = performance.now()
    const receipts = this.#sockets.slice(-voters).map(async (socket) => {
      const back = once(socket, 'message')
      socket.send(ballot, { binary: true })
      await back
    })
    await Promise.all(receipts)
    for (const socket of others) socket.pause()
    for (const message of toAll) await this.#toAll(message, last)
    const took = performance.now() - begin
    for (const socket of others) socket.resume()
    return took
  }

  /** Milliseconds until messages that one client sends came back to it, and are parsed. */
  async back(messages: readonly string[]): Promise<number> {
    const { last } = await this.#nextInTurn()
    const { promise: heard, resolve } = Promise.withResolvers<undefined>()
    let missing = messages.length
    const hear = (data: Buffer): void => {
      JSON.parse(data.toString('utf8'))
      if ((missing -= 1) === 0) resolve(undefined)
    }
    last.on('message', hear)
    const bytes = messages.map((message) => Buffer.from(message))
    const begin = performance.now()
    for (const message of bytes) last.send(message, { binary: true })
    await heard
    last.off('message', hear)
    return performance.now() - begin
  }

  async #toAll(message: string, last: WebSocket): Promise<void> {
    const heard = once(last, 'message')
    this.say(message)
    const [data] = (await heard) as [Buffer]
    JSON.parse(data.toString('utf8'))
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate()
    this.#stop()
  }
}

/** What is in binary frames comes back to the sender, text goes to all. */
async function serve(): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) socket.send(data, { binary: false })
      else for (const client of server.clients) client.send(data, { binary: false })
    })
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.((server.address() as AddressInfo).port)
}

if (process.send && process.argv[1] === import.meta.filename && process.argv[2] === 'echo') await serve()
