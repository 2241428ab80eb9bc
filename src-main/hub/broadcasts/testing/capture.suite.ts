import { createHmac } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { macInput, type PartHead } from '../../../../shared/council/broadcast-part.ts'
import { partSeconds, partsPerSegment } from '../../../../shared/council/broadcast.ts'
import {
  broadcastPaths,
  partHeaders,
  partType,
  type Announcement,
  type Lease,
  type PartRefusal,
} from '../../../../shared/hub-api/broadcast.ts'
import { Caller } from '../../testing/hub.ts'

const partMs = partSeconds * 1000

/** A clock that the test moves; milliseconds since 1970. */
export interface TestClock {
  now: number
}

interface CaptureOptions {
  readonly origin: string
  readonly caller: Caller
  readonly meeting: string
  readonly clock: TestClock
}

/** A capture client that does as it is told, right or wrong. */
export class Capture {
  readonly #origin: string
  readonly #caller: Caller
  readonly #meeting: string
  readonly #clock: TestClock
  readonly #sequences = new Map<string, number>()
  lease!: Lease

  constructor({ origin, caller, meeting, clock }: CaptureOptions) {
    this.#origin = origin
    this.#caller = caller
    this.#meeting = meeting
    this.#clock = clock
  }

  /** The same client at a hub that runs elsewhere now. */
  at(origin: string): Capture {
    const caller = new Caller(origin, this.#caller.session)
    const moved = new Capture({ origin, caller, meeting: this.#meeting, clock: this.#clock })
    moved.lease = this.lease
    return moved
  }

  async announce(announcement: Announcement): Promise<number> {
    const answer = await this.#caller.tell<Lease>('POST', broadcastPaths.streams(this.#meeting), announcement)
    this.lease = answer.body
    this.#sequences.clear()
    return answer.status
  }

  async renew(): Promise<Lease> {
    const stream = { stream: this.lease.stream }
    this.lease = (await this.#caller.tell<Lease>('POST', broadcastPaths.lease(this.#meeting), stream)).body
    return this.lease
  }

  /** The head of the next part of a rendition, as an honest client would write it for what ended just now. */
  next(more: Partial<PartHead> = {}): PartHead {
    const rendition = more.rendition ?? 'high'
    const sequence = more.sequence ?? this.#sequences.get(rendition) ?? 0
    this.#sequences.set(rendition, sequence + 1)
    const place = sequence % partsPerSegment
    return {
      ...{ stream: this.lease.stream, epoch: this.lease.epoch, rendition, sequence, duration: partSeconds },
      captured: { from: this.#clock.now - partMs, to: this.#clock.now },
      ...{ independent: place === 0, last: place === partsPerSegment - 1 },
      ...more,
    }
  }

  /** Sends a part; 204, or why it was refused. */
  send(head: PartHead, media: Buffer, options: { key?: string } = {}): Promise<number | string> {
    return this.begin(head, media, options).finish()
  }

  /** Sends a part but for its last bytes. */
  begin(
    head: PartHead,
    media: Buffer,
    { key = this.lease.key ?? '' } = {},
  ): { readonly finish: () => Promise<number | string> } {
    const text = JSON.stringify(head)
    const mac = createHmac('sha256', Buffer.from(key, 'base64')).update(macInput(text, media)).digest('base64')
    const upload = request(new URL(broadcastPaths.parts(this.#meeting), this.#origin), {
      method: 'PUT',
      headers: {
        ...{ authorization: `Bearer ${this.#caller.session?.token}`, 'content-type': partType },
        ...{ [partHeaders.head]: text, [partHeaders.mac]: mac, 'content-length': media.length },
      },
    })
    const answer = new Promise<number | string>((resolve, reject) => {
      upload.once('error', reject)
      upload.once('response', (response) => void reasonOf(response).then(resolve, reject))
    })
    const begun = Math.max(0, media.length - 100)
    upload.write(media.subarray(0, begun))
    return { finish: () => (upload.end(media.subarray(begun)), answer) }
  }
}

async function reasonOf(response: IncomingMessage): Promise<number | string> {
  const chunks = await response.toArray()
  const text = Buffer.concat(chunks as Buffer[]).toString()
  return text === ''
    ? (response.statusCode ?? 0)
    : ((JSON.parse(text) as PartRefusal).reason ?? response.statusCode ?? 0)
}
