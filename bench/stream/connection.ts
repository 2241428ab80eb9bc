import { connect, type Socket } from 'node:net'

interface Asked {
  readonly path: string
  readonly resolve: (body: string) => void
  readonly reject: (fault: Error) => void
}

/** What all clients of a round have received. */
export interface Tally {
  requests: number
  bytes: number
}

const endOfHead = Buffer.from('\r\n\r\n')
/** All sockets of the process read into it, one after the other: what is in it is used before the next one reads. */
const readBuffer = Buffer.alloc(262_144)

/**
 * One HTTP/1.1 connection, as cheap as a client can be: hundreds of them share a processor with the server that they
 * measure. Requests go out one after the other.
 */
export class Connection {
  readonly #socket: Socket
  readonly #host: string
  readonly #tally: Tally
  readonly #waiting: Asked[] = []
  #head = Buffer.alloc(0)
  /** Bytes of the body that are still to come; undefined while the head is. */
  #missing: number | undefined
  #status = ''
  #kept: Buffer[] | undefined
  #hasLeft = false

  constructor(origin: string, tally: Tally) {
    const { hostname, port, host } = new URL(origin)
    this.#host = host
    this.#tally = tally
    this.#socket = connect({
      ...{ host: hostname, port: Number(port), noDelay: true },
      onread: { buffer: readBuffer, callback: (count) => (this.#read(readBuffer.subarray(0, count)), true) },
    })
    this.#socket.on('error', (fault) => this.#fail(fault))
    this.#socket.on('close', () => this.#fail(new Error('The server closed the connection.')))
  }

  /** Asks for a path; settles with its words when they are text, else with nothing, once all of it is here. */
  get(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ path, resolve, reject })
      if (this.#waiting.length === 1) this.#ask(path)
    })
  }

  /** Closes it, whatever is on its way; what was asked for never settles. */
  leave(): void {
    this.#hasLeft = true
    this.#socket.destroy()
  }

  #ask(path: string): void {
    this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nAccept: */*\r\n\r\n`)
  }

  #fail(fault: Error): void {
    if (!this.#hasLeft)
      for (const { path, reject } of this.#waiting.splice(0)) reject(new Error(path, { cause: fault }))
  }

  #read(bytes: Buffer): void {
    this.#tally.bytes += bytes.length
    const body = this.#missing === undefined ? this.#readHead(bytes) : bytes
    if (body === undefined || this.#missing === undefined) return
    this.#kept?.push(Buffer.from(body))
    this.#missing -= body.length
    if (this.#missing === 0) this.#finish()
  }

  /** The beginning of the body, once the head is complete. */
  #readHead(bytes: Buffer): Buffer | undefined {
    const head = this.#head.length > 0 ? Buffer.concat([this.#head, bytes]) : bytes
    const end = head.indexOf(endOfHead)
    if (end < 0) {
      this.#head = Buffer.from(head)
      return undefined
    }
    this.#head = Buffer.alloc(0)
    const text = head.toString('latin1', 0, end)
    const length = /content-length: (\d+)/i.exec(text)?.[1]
    if (length === undefined) throw new Error(`An answer without its length: ${text}`)
    this.#missing = Number(length)
    this.#status = text.slice(9, 12)
    this.#kept = /content-type: (?:video|application\/octet)/i.test(text) ? undefined : []
    return head.subarray(end + endOfHead.length)
  }

  #finish(): void {
    const body = this.#kept ? Buffer.concat(this.#kept).toString() : ''
    this.#missing = undefined
    this.#kept = undefined
    this.#tally.requests += 1
    const asked = this.#waiting.shift()
    const [next] = this.#waiting
    if (next) this.#ask(next.path)
    if (this.#status === '200') asked?.resolve(body)
    else asked?.reject(new Error(`${asked.path}: ${this.#status} ${body}`))
  }
}
