import { leaseMs } from '../../../shared/council/broadcast.ts'
import type { EncoderRequest, EncoderStatus, EncoderTrouble } from '../../../shared/hub-api/encoder.ts'
import { readEncoderAddress, type AddressFault } from '../../../shared/rules/broadcast/encoder-address.ts'
import type { EncoderLink } from '../../data/contract.ts'
import { machineTime } from './capture-contract.ts'

export type EncoderFault = AddressFault | EncoderTrouble | 'hub'

/** Milliseconds between two questions how it stands. */
const askEvery = 1000
const transmitting: readonly EncoderStatus['state'][] = ['waiting', 'connecting', 'live', 'retrying']

/** The source that the hub reads itself, as this desk knows of it. The address is kept nowhere here. */
export class ExternalEncoder {
  readonly #link: EncoderLink
  readonly #onStatus: (status: EncoderStatus) => void
  readonly #timer: ReturnType<typeof setInterval>
  #status = $state.raw<EncoderStatus>({ state: 'off' })
  #heardAt = $state(0)
  #fault = $state<EncoderFault>()
  #isBusy = $state(false)
  #question = 0

  constructor(link: EncoderLink, onStatus: (status: EncoderStatus) => void) {
    this.#link = link
    this.#onStatus = onStatus
    this.#timer = setInterval(() => void this.ask(), askEvery)
    void this.ask()
  }

  get status(): EncoderStatus {
    return this.#status
  }
  /** Why it was not started, or not stopped. */
  get fault(): EncoderFault | undefined {
    return this.#fault
  }
  get isBusy(): boolean {
    return this.#isBusy
  }
  /** Whether the transmission is the hub's own, from there. */
  get isOn(): boolean {
    return transmitting.includes(this.#status.state)
  }

  /** @param now machine time: what was heard too long ago is not known any more */
  isKnown(now: number): boolean {
    return now - this.#heardAt < leaseMs
  }

  async ask(): Promise<void> {
    const question = ++this.#question
    const answer = await this.#link.status()
    if (question === this.#question && answer.ok) this.#hear(answer.value)
  }

  /** Whether it was started; otherwise `fault` says why not. */
  async start(request: EncoderRequest): Promise<boolean> {
    const address = readEncoderAddress(request.address)
    this.#fault = address.ok ? undefined : address.failure
    if (!address.ok) return false
    this.#isBusy = true
    const answer = await this.#link.start(request)
    this.#isBusy = false
    this.#question += 1
    if (answer.ok) this.#hear(answer.value)
    else this.#fault = answer.failure !== 'unreachable' && 'fault' in answer.failure ? answer.failure.fault : 'hub'
    return answer.ok
  }

  async stop(): Promise<void> {
    this.#isBusy = true
    const answer = await this.#link.stop()
    this.#isBusy = false
    this.#fault = answer.ok ? undefined : 'hub'
    await this.ask()
  }

  /** The window closes; the hub goes on. */
  end(): void {
    clearInterval(this.#timer)
  }

  #hear(status: EncoderStatus): void {
    this.#status = status
    this.#heardAt = machineTime()
    this.#onStatus(status)
  }
}
