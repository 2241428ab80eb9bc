import { createHmac } from 'node:crypto'
import { macInput, type PartHead } from '../../../../shared/council/broadcast-part.ts'
import { partSeconds, partsPerSegment } from '../../../../shared/council/broadcast.ts'
import type { EncoderStatus, EncoderTrouble } from '../../../../shared/hub-api/encoder.ts'
import { partMs } from '../../../../shared/media/cadence.ts'
import type { CutPart } from '../../../../shared/media/part-cutter.ts'
import { CaptureGate, type Opening } from '../../../../shared/rules/broadcast/capture-gate.ts'
import type { EncoderAddress } from '../../../../shared/rules/broadcast/encoder-address.ts'
import type { Broadcast } from '../broadcast.ts'
import type { AnnouncedRendition } from '../journal.ts'
import { CaptureTimes } from './capture-times.ts'
import { sourceArguments } from './ffmpeg-arguments.ts'
import { EncoderRun } from './run.ts'

/** Milliseconds between two looks at the lease, the source and what is to be tried again. */
const beatMs = 200
/** Milliseconds without a part, or by which parts come late, after which a source is connected to anew. */
const longestSilence = 10_000
const longestHoldUp = 3000
/** Milliseconds before each try in a row to connect; the last one holds for all that follow. */
const pauses = [500, 1000, 2000, 4000, 8000, 15_000]
const mostTries = 40
/** Milliseconds by which intervals may overlap beyond the lag of their source, as they are guessed anew. */
const guessedMs = 3000

export interface EncoderOptions {
  readonly broadcast: Broadcast
  readonly address: EncoderAddress
  /** Seconds. */
  readonly lag: number
  readonly delay: number
  /** What the encoders of this hub write. */
  readonly renditions: readonly AnnouncedRendition[]
  /** The program, and the folder of files that may be read. */
  readonly ffmpeg: string
  readonly films: string
  readonly now: () => number
}

/**
 * An external encoder, read by ffmpeg: for the broadcast a capture client like any other, with the same gate on its own
 * side. A close ends ffmpeg, and with it the connection; after the opening another one connects, and nothing is shown
 * that may have been captured before.
 */
export class Encoder {
  readonly #options: EncoderOptions
  readonly #gate: CaptureGate
  readonly #stream: string
  readonly #timer: NodeJS.Timeout
  readonly #sequences = new Map<string, number>()
  #state: EncoderStatus['state'] = 'waiting'
  #trouble: EncoderTrouble | undefined
  #run: EncoderRun | undefined
  #times = new CaptureTimes(undefined)
  /** Number of the part that is shown first of this run. */
  #first: number | undefined
  #openedAt = 0
  #heardAt = 0
  #tries = 0
  #tryAt: number | undefined
  /** Seconds of a file that were shown. */
  #played = 0
  #runBegan = 0
  #ending: Promise<void> = Promise.resolve()

  /** Announces itself to the broadcast; what the log says has to be told. */
  constructor(options: EncoderOptions) {
    this.#options = options
    this.#gate = new CaptureGate({ close: () => this.#close(), open: () => this.#open() })
    const { broadcast, renditions, delay, lag } = options
    this.#stream = broadcast.announce(renditions, { delay, overlap: lag * 1000 + guessedMs }).stream
    this.#timer = setInterval(() => this.#beat(), beatMs)
    this.#beat()
  }

  get status(): EncoderStatus {
    const { label } = this.#options.address
    return { state: this.#state, label, ...(this.#trouble ? { trouble: this.#trouble } : {}) }
  }

  /** Whether the meeting's log and the register let this be transmitted; takes effect within the call. */
  logSays(isPublic: boolean): void {
    this.#gate.logSays(isPublic)
  }

  /** Ends it for good; settles when its process is gone. */
  stop(state: EncoderStatus['state'] = 'off', trouble?: EncoderTrouble): Promise<void> {
    clearInterval(this.#timer)
    this.#gate.forbid()
    this.#state = state
    this.#trouble = trouble
    return this.#ending
  }

  #beat(): void {
    const { broadcast, now } = this.#options
    if (broadcast.hasEnded) return void this.stop('off')
    if (!broadcast.isStream(this.#stream)) return void this.stop('replaced')
    const lease = broadcast.lease(this.#stream)
    this.#gate.permit({ ...lease, until: now() + lease.forMs })
    if (this.#run && now() - this.#heardAt > longestSilence) this.#lose('stalled')
    if (this.#tryAt !== undefined && now() >= this.#tryAt) this.#connect()
  }

  #open(): void {
    this.#openedAt = this.#options.now()
    this.#tries = 0
    this.#trouble = undefined
    this.#connect()
  }

  #close(): void {
    this.#endRun()
    this.#tryAt = undefined
    this.#state = 'waiting'
    this.#trouble = undefined
  }

  #endRun(): void {
    if (this.#run) this.#ending = Promise.all([this.#ending, this.#run.stop()]).then(() => undefined)
    this.#run = undefined
  }

  #connect(): void {
    const { address, films, ffmpeg, lag, now } = this.#options
    const isFile = address.scheme === 'file'
    this.#tryAt = undefined
    this.#state = this.#tries === 0 ? 'connecting' : 'retrying'
    this.#heardAt = now()
    this.#times = new CaptureTimes(isFile ? undefined : lag * 1000)
    this.#runBegan = this.#played
    this.#skip()
    const run: EncoderRun = new EncoderRun(ffmpeg, sourceArguments({ address, films, from: this.#played }), {
      onInits: (renditions) => this.#compare(run, renditions),
      onPart: (rendition, part) => (this.#run === run ? this.#take(rendition, part) : undefined),
      onEnd: (trouble) => {
        if (this.#run !== run) return
        if (isFile && trouble === undefined) void this.stop('over')
        else this.#lose(trouble ?? 'stalled')
      },
    })
    this.#run = run
  }

  /** What was announced is what players read everything with. */
  #compare(run: EncoderRun, renditions: readonly AnnouncedRendition[]): void {
    if (this.#run === run && JSON.stringify(renditions) !== JSON.stringify(this.#options.renditions))
      void this.stop('failed', 'failed')
  }

  #lose(trouble: EncoderTrouble): void {
    this.#endRun()
    this.#trouble = trouble
    this.#tries += 1
    if (this.#tries >= mostTries) return void this.stop('failed', trouble)
    this.#state = 'retrying'
    this.#tryAt = this.#options.now() + (pauses[this.#tries - 1] ?? pauses.at(-1)!)
  }

  /** What is shown next begins with a key frame, and does not play on after what was shown. */
  #skip(): void {
    this.#first = undefined
    for (const [rendition, sequence] of this.#sequences) this.#sequences.set(rendition, sequence + 1)
  }

  #take(rendition: string, part: CutPart): void {
    const now = this.#options.now()
    this.#heardAt = now
    const captured = this.#times.arrived(part.index * partMs, (part.index + 1) * partMs, now)
    if (!captured || !this.#gate.opening) return
    if (now - captured.to > longestHoldUp) return this.#lose('stalled')
    if (this.#first === undefined && part.index % partsPerSegment === 0 && captured.from >= this.#openedAt)
      this.#first = part.index
    if (part.index < (this.#first ?? Infinity)) return
    this.#send(rendition, part, captured, this.#gate.opening)
  }

  #send(rendition: string, part: CutPart, captured: PartHead['captured'], opening: Opening): void {
    const { broadcast, now } = this.#options
    if (!this.#gate.lets(opening.generation, now())) return this.#skip()
    const sequence = this.#sequences.get(rendition) ?? 0
    this.#sequences.set(rendition, sequence + 1)
    const head: PartHead = {
      ...{ stream: this.#stream, epoch: opening.epoch, rendition, sequence, captured, duration: partSeconds },
      ...{ independent: part.independent, last: part.lastOfSegment },
    }
    const text = JSON.stringify(head)
    const key = Buffer.from(opening.key, 'base64')
    const mac = createHmac('sha256', key).update(macInput(text, part.bytes)).digest('base64')
    if (broadcast.receive(text, mac, Buffer.from(part.bytes)) === undefined) {
      this.#state = 'live'
      this.#tries = 0
      this.#trouble = undefined
      this.#played = Math.max(this.#played, this.#runBegan + (part.index + 1) * partSeconds)
    } else {
      this.#skip()
      this.#beat()
    }
  }
}
