import type { PartHead } from '../../../../shared/council/broadcast-part.ts'
import { liveAgeMs, renewLeaseMs } from '../../../../shared/council/broadcast.ts'
import type { Announcement, Lease } from '../../../../shared/hub-api/broadcast.ts'
import type { BroadcastLink, PartFailure } from '../../../data/contract.ts'
import { machineTime, type EncodedPart } from '../capture-contract.ts'
import { CaptureGate, type GateEffects } from '../../../../shared/rules/broadcast/capture-gate.ts'
import { HubClock } from './hub-clock.ts'
import { PartHeads } from './part-heads.ts'
import { UploadQueue, type Sent } from './upload-queue.ts'

export type PartOutcome = 'taken' | 'refused' | 'overflowed'

export interface UplinkListener extends GateEffects {
  /** After every try to renew the lease; undefined: the hub did not answer. */
  onLease(lease: Lease | undefined): void
  /** The hub knows nothing of this transmission any more, or of another one instead. */
  onLost(): void
  onPart(part: EncodedPart, outcome: PartOutcome): void
}

/**
 * The transmission as this computer sends it: the lease that is renewed, the gate that it opens, and a queue for each
 * rendition. Closing is one call that ends in the turn in which it begins.
 */
export class Uplink {
  readonly gate: CaptureGate
  readonly clock = new HubClock()
  readonly #link: BroadcastLink
  readonly #listener: UplinkListener
  readonly #queues = new Map<string, UploadQueue>()
  readonly #heads = new WeakMap<EncodedPart, PartHead>()
  #numbers = new PartHeads((time) => this.clock.at(time))
  #stream: string | undefined
  /** Machine time at which the lease is asked for again; undefined while it is. */
  #renewAt: number | undefined
  /** Queues that wait for another try. */
  #paused: (() => void)[] = []

  constructor(link: BroadcastLink, listener: UplinkListener) {
    this.#link = link
    this.#listener = listener
    this.gate = new CaptureGate({
      close: () => {
        for (const queue of this.#queues.values()) queue.clear()
        listener.close()
      },
      open: (opening) => listener.open(opening),
    })
  }

  /** Milliseconds since the capture of the oldest part that waits. */
  get delay(): number {
    const waiting = [...this.#queues.values()].flatMap(({ oldest }) => oldest ?? [])
    return Math.max(0, ...waiting.map(({ to }) => machineTime() - to))
  }

  async announce(announcement: Announcement): ReturnType<BroadcastLink['announce']> {
    this.stop()
    const sent = machineTime()
    const answer = await this.#link.announce(announcement)
    if (!answer.ok) return answer
    this.#stream = answer.value.stream
    this.#numbers = new PartHeads((time) => this.clock.at(time))
    this.#hear(answer.value, sent)
    this.#renewLater()
    return answer
  }

  /** Sends nothing any more. */
  stop(): void {
    this.#renewAt = undefined
    this.#stream = undefined
    this.gate.forbid()
  }

  /** Takes what the encoders gave; of an older generation nothing. */
  take(part: EncodedPart): void {
    const { opening } = this.gate
    if (!opening || !this.gate.keeps(part.generation)) return
    this.#heads.set(part, this.#numbers.headOf(part, opening))
    this.#queueOf(part.rendition).add(part)
  }

  /** Some times a second: what failed is tried again, and a lease that is due is renewed. */
  beat(): void {
    for (const goOn of this.#paused.splice(0)) goOn()
    if (this.#renewAt !== undefined && machineTime() >= this.#renewAt) void this.renew()
  }

  #queueOf(rendition: string): UploadQueue {
    const known = this.#queues.get(rendition)
    if (known) return known
    const queue = new UploadQueue({
      send: (part, signal) => this.#send(part, signal),
      lets: ({ generation }) => this.gate.lets(generation, machineTime()),
      isLate: ({ to }) => machineTime() - to > liveAgeMs,
      pause: (signal) => this.#untilBeat(signal),
      onSettled: (part, outcome) => this.#listener.onPart(part, outcome),
    })
    this.#queues.set(rendition, queue)
    return queue
  }

  async #send(part: EncodedPart, signal: AbortSignal): Promise<Sent> {
    const [head, opening] = [this.#heads.get(part), this.gate.opening]
    if (!head || !opening) return 'refused'
    const answer = await this.#link.sendPart({ head, media: part.bytes, key: opening.key }, signal)
    if (answer.ok) return 'taken'
    return this.#afterFailure(answer.failure)
  }

  /** A refusal may say that the gate closed: the lease is asked for at once. */
  #afterFailure(failure: PartFailure): Sent {
    if (failure === 'unreachable' || failure === 'lease') return 'unreachable'
    if (failure === 'closed' || failure === 'epoch' || failure === 'stream') void this.renew()
    return 'refused'
  }

  #untilBeat(signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      this.#paused.push(done)
      signal.addEventListener('abort', () => done(), { once: true })
    })
  }

  #renewLater(): void {
    this.#renewAt = machineTime() + renewLeaseMs
  }

  /** Asks for the lease now. */
  async renew(): Promise<void> {
    this.#renewAt = undefined
    const stream = this.#stream
    if (stream === undefined) return
    const sent = machineTime()
    const answer = await this.#link.renewLease(stream)
    if (this.#stream !== stream) return
    if (answer.ok) this.#hear(answer.value, sent)
    else if (isFinal(answer.failure)) {
      this.stop()
      return this.#listener.onLost()
    } else this.#listener.onLease(undefined)
    this.#renewLater()
  }

  #hear(lease: Lease, sent: number): void {
    this.clock.hear(lease.now, sent, machineTime())
    const { stream, epoch, key, forMs } = lease
    this.gate.permit({ stream, epoch, until: sent + forMs, ...(key === undefined ? {} : { key }) })
    this.#listener.onLease(lease)
  }
}

type LinkFailure = Extract<Awaited<ReturnType<BroadcastLink['renewLease']>>, { ok: false }>['failure']

const isFinal = (failure: LinkFailure): boolean =>
  failure !== 'unreachable' &&
  ['not-found', 'conflict', 'forbidden', 'not-signed-in', 'revoked'].includes(failure.error)
