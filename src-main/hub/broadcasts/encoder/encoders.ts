import { mkdir } from 'node:fs/promises'
import type { EncoderRequest, EncoderStatus, EncoderTrouble } from '../../../../shared/hub-api/encoder.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { airtimeOf } from '../../../../shared/rules/broadcast/airtime.ts'
import { consentAirtimeOf } from '../../../../shared/rules/broadcast/consent.ts'
import {
  readEncoderAddress,
  type AddressFault,
  type EncoderAddress,
} from '../../../../shared/rules/broadcast/encoder-address.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'
import type { Broadcasts, BroadcastsOptions } from '../broadcasts.ts'
import type { AnnouncedRendition } from '../journal.ts'
import { Encoder } from './encoder.ts'
import { sourceArguments, trialArguments } from './ffmpeg-arguments.ts'
import { EncoderRun } from './run.ts'

/** Milliseconds that a source has to give its first part, and ffmpeg to encode a moment of nothing. */
const longestCheck = 15_000

export interface EncodersOptions extends Pick<BroadcastsOptions, 'stateOf' | 'consentsOf' | 'now'> {
  readonly broadcasts: Broadcasts
  /** The program that reads them. */
  readonly ffmpeg: string
  /** Folder of the files that may be read. */
  readonly films: string
}

type Once = Result<readonly AnnouncedRendition[], EncoderTrouble>
type Started = Result<EncoderStatus, AddressFault | EncoderTrouble>

/** The external encoders of all meetings. Addresses are in memory alone: after a start of the hub they are asked anew. */
export class Encoders {
  readonly #options: EncodersOptions
  readonly #running = new Map<string, Encoder>()
  readonly #checking = new Map<string, AbortController>()
  #renditions: readonly AnnouncedRendition[] | undefined

  constructor(options: EncodersOptions) {
    this.#options = options
  }

  statusOf(meeting: string): EncoderStatus {
    if (this.#checking.has(meeting)) return { state: 'checking' }
    return this.#running.get(meeting)?.status ?? { state: 'off' }
  }

  /**
   * Looks whether a source can be read and transmits it from then on. What it gives while it is looked at goes nowhere;
   * in a closed part nobody looks.
   */
  async start(meeting: string, { address: text, lag, delay }: EncoderRequest): Promise<Started> {
    const address = readEncoderAddress(text)
    if (!address.ok) return address
    const { broadcasts, stateOf, ffmpeg, films, now } = this.#options
    await mkdir(films, { recursive: true })
    this.#checking.get(meeting)?.abort()
    const checking = new AbortController()
    this.#checking.set(meeting, checking)
    try {
      const renditions = await this.#tryEncoders()
      if (!renditions.ok) return renditions
      const trouble = isClosedPart(await stateOf(meeting))
        ? undefined
        : await this.#check(address.value, checking.signal)
      if (trouble) return failed(trouble)
      const broadcast = await broadcasts.of(meeting)
      await this.#running.get(meeting)?.stop()
      const source = { address: address.value, lag, delay, renditions: renditions.value }
      const encoder = new Encoder({ ...source, broadcast, ffmpeg, films, now })
      this.#running.set(meeting, encoder)
      encoder.logSays(this.#isPublic(meeting, await stateOf(meeting)))
      return success(encoder.status)
    } finally {
      if (this.#checking.get(meeting) === checking) this.#checking.delete(meeting)
    }
  }

  async stopOf(meeting: string): Promise<void> {
    this.#checking.get(meeting)?.abort()
    await this.#running.get(meeting)?.stop()
    this.#running.delete(meeting)
  }

  /** The log of a meeting became another: what that closes is closed when this returns. */
  follow(meeting: string, state: MeetingState): void {
    if (isClosedPart(state)) this.#checking.get(meeting)?.abort()
    this.#running.get(meeting)?.logSays(this.#isPublic(meeting, state))
  }

  /** The register of consent became another. */
  async followConsent(): Promise<void> {
    for (const meeting of this.#running.keys()) this.follow(meeting, await this.#options.stateOf(meeting))
  }

  async stop(): Promise<void> {
    for (const checking of this.#checking.values()) checking.abort()
    await Promise.all([...this.#running.values()].map((encoder) => encoder.stop()))
  }

  #isPublic(meeting: string, state: MeetingState): boolean {
    const consent = consentAirtimeOf(state, (speaker) => this.#options.consentsOf(meeting, speaker))
    return airtimeOf(state).open && consent.open
  }

  /** What the encoders of this machine write: found once, by doing it. */
  async #tryEncoders(): Promise<Once> {
    if (this.#renditions) return success(this.#renditions)
    const trial = await this.#once(trialArguments(), AbortSignal.timeout(longestCheck), 'inits')
    if (!trial.ok) return failed(trial.failure === 'not-installed' ? 'not-installed' : 'no-encoder')
    this.#renditions = trial.value
    return trial
  }

  async #check(address: EncoderAddress, signal: AbortSignal): Promise<EncoderTrouble | undefined> {
    const { films } = this.#options
    const until = AbortSignal.any([signal, AbortSignal.timeout(longestCheck)])
    const seen = await this.#once(sourceArguments({ address, films, from: 0 }), until, 'part')
    // Whoever broke it off closed the doors: the source is looked at once they are open.
    return seen.ok || signal.aborted ? undefined : seen.failure
  }

  /** Runs ffmpeg until it gave what is waited for. */
  async #once(args: readonly string[], signal: AbortSignal, until: 'inits' | 'part'): Promise<Once> {
    const done = Promise.withResolvers<Once>()
    let inits: readonly AnnouncedRendition[] = []
    const run = new EncoderRun(this.#options.ffmpeg, args, {
      onInits: (renditions) => {
        inits = renditions
        if (until === 'inits') done.resolve(success(inits))
      },
      onPart: () => done.resolve(success(inits)),
      onEnd: (trouble) => done.resolve(failed(trouble ?? 'codec')),
    })
    const lapse = (): void => done.resolve(failed('unreachable'))
    signal.addEventListener('abort', lapse, { once: true })
    if (signal.aborted) lapse()
    const outcome = await done.promise
    await run.stop()
    return outcome
  }
}

const isClosedPart = ({ phase, public: isPublic }: MeetingState): boolean =>
  (phase === 'open' || phase === 'paused') && !isPublic
