import { leaseMs } from '../../../shared/council/broadcast.ts'
import type { Lease } from '../../../shared/hub-api/broadcast.ts'
import type { EncoderRequest } from '../../../shared/hub-api/encoder.ts'
import type { BroadcastLink, EncoderLink } from '../../data/contract.ts'
import { chosenOf, isAsAnnounced, renditionsOf } from './announcement.ts'
import { machineTime, type FromCapture, type Measurement, type Scene } from './capture-contract.ts'
import { ExternalEncoder } from './external-encoder.svelte.ts'
import { Health } from './health.svelte.ts'
import { CaptureWorker } from './sources/capture-worker.ts'
import { PictureSources } from './sources/picture-sources.svelte.ts'
import { SecondPicture } from './second-picture.svelte.ts'
import { SoundDesk } from './sources/sound-desk.svelte.ts'
import { Uplink } from './uplink/uplink.ts'

/**
 * `measuring` what the machine can do; `ready`; `armed`: announced, and the log of the meeting decides; `over` for good.
 */
export type Stage = 'measuring' | 'unable' | 'ready' | 'arming' | 'armed' | 'over'

/** What can be said for certain, by both ends: nothing else is shown. */
export type OnAir = 'on' | 'off' | 'opening' | 'closing' | 'unknown'

export type Trouble = 'no-h264' | 'no-sound' | 'encoder' | 'hub' | 'lost' | 'gate'

/** The device that transmits a meeting: sources, composition, gate and upload as one. */
export class Broadcast {
  readonly pictures: PictureSources
  readonly sound: SoundDesk
  readonly health = new Health()
  /** Sign language beside it, with a worker and a lease of its own: whatever happens to it stops nothing here. */
  readonly second: SecondPicture
  /** The other way: a source that the hub reads. Only one of both transmits. */
  readonly encoder: ExternalEncoder
  #stage = $state<Stage>('measuring')
  #trouble = $state<Trouble>()
  #measurement = $state.raw<Measurement>()
  #lease = $state.raw<Lease>()
  #leasedUntil = $state(0)
  #isOpenHere = $state(false)
  #isHeld = $state(false)
  #openings = $state(0)
  #isReleasing = false
  readonly #link: BroadcastLink
  readonly #worker: CaptureWorker
  readonly #uplink: Uplink
  #mayFilm = true
  /** What of the measurement was announced. */
  #chosen: Measurement | undefined

  constructor(link: BroadcastLink, encoder: EncoderLink, projectorLabel: string) {
    this.#link = link
    this.encoder = new ExternalEncoder(encoder, ({ state }) => {
      if (state === 'connecting' || state === 'live' || state === 'retrying') this.#closeAgain()
    })
    this.#worker = new CaptureWorker((message) => this.#hear(message))
    this.pictures = new PictureSources(this.#worker, { width: 1920, height: 1080 }, projectorLabel)
    this.second = new SecondPicture(link)
    this.sound = new SoundDesk(this.#worker)
    this.#uplink = new Uplink(link, {
      close: () => this.#close(),
      open: ({ generation }) => void this.#open(generation),
      onLease: (lease) => this.#onLease(lease),
      onLost: () => this.#fail('lost', 'ready'),
      onPart: (part, outcome) => this.health.settle(part, outcome),
    })
    this.#worker.tell({ tell: 'measure', picture: 'main' })
  }

  get stage(): Stage {
    return this.#stage
  }
  get trouble(): Trouble | undefined {
    return this.#trouble
  }
  get measurement(): Measurement | undefined {
    return this.#measurement
  }
  get watchers(): number {
    return this.#lease?.watchers ?? 0
  }
  /** Whoever transmits keeps it closed. */
  get isHeld(): boolean {
    return this.#isHeld
  }
  /** How often the gate opened: what the worker held before is purged, and has to be given anew. */
  get openings(): number {
    return this.#openings
  }

  /** Whether anything is to go out as soon as it may, from here or from the hub's own source. */
  get isTransmitting(): boolean {
    return this.#stage === 'armed' || this.encoder.isOn
  }

  /** @param now machine time, as a permission lapses by itself */
  onAir(now: number): OnAir {
    if (this.#stage !== 'armed') return this.#encoderOnAir(now)
    if (now >= this.#leasedUntil) return 'unknown'
    const isOpenThere = this.#lease?.key !== undefined
    if (!this.#isOpenHere) return isOpenThere ? (this.#isHeld || !this.#mayFilm ? 'closing' : 'opening') : 'off'
    return this.health.isTaken(now) ? 'on' : 'opening'
  }

  #encoderOnAir(now: number): OnAir {
    if (!this.encoder.isOn) return 'off'
    if (!this.encoder.isKnown(now)) return 'unknown'
    const { state } = this.encoder.status
    if (state === 'waiting') return 'off'
    if (this.#isHeld || !this.#mayFilm) return 'closing'
    return state === 'live' ? 'on' : 'opening'
  }

  setStage(canvas: HTMLCanvasElement): void {
    const offscreen = canvas.transferControlToOffscreen()
    this.#worker.tell({ tell: 'stage', canvas: offscreen }, [offscreen])
  }

  show(scene: Scene): void {
    this.#worker.tell({ tell: 'scene', scene })
  }

  /**
   * What the meeting's log says. In a closed part no camera is open, whether something is transmitted or not.
   *
   * @param isPublic it is proven that the public is in, and the meeting runs
   * @param isClosedPart it is not, and the meeting runs
   */
  followLog(isPublic: boolean, isClosedPart: boolean): void {
    const filmed = this.#mayFilm
    this.#mayFilm = !isClosedPart
    this.#uplink.gate.logSays(isPublic)
    if (filmed && !this.#mayFilm) this.#shut()
    if (!filmed && this.#mayFilm && !this.#uplink.gate.opening) void this.#reopen()
  }

  /** Announces what was measured. From then on the log decides when something goes out. */
  async start(delay: number, without: ReadonlySet<string>): Promise<void> {
    const measurement = this.#measurement
    if (!measurement || this.#stage !== 'ready') return
    this.#stage = 'arming'
    this.#trouble = undefined
    await this.sound.resume()
    this.#chosen = chosenOf(measurement, without)
    const answer = await this.#uplink.announce({ delay, renditions: renditionsOf(this.#chosen) })
    this.#stage = answer.ok ? 'armed' : 'ready'
    if (!answer.ok) this.#trouble = 'hub'
  }

  /** Has the hub transmit a source of its own; what this device sent ends with it. Whether it was started. */
  async startEncoder(request: EncoderRequest): Promise<boolean> {
    const isStarted = await this.encoder.start(request)
    if (isStarted && this.#stage === 'armed') {
      this.#uplink.stop()
      this.#stage = 'ready'
    }
    if (isStarted) this.#trouble = undefined
    return isStarted
  }

  /** Closes here in this turn, then at the hub, and drops what a delay holds back. */
  async panic(): Promise<void> {
    const at = this.#uplink.clock.at(machineTime())
    this.#isHeld = true
    this.#uplink.gate.hold(true)
    this.second.hold(true)
    this.#shut()
    await this.#setGate({ state: 'closed', drop: true, at })
  }

  async release(): Promise<void> {
    this.#isReleasing = true
    const isReleased = await this.#setGate({ state: 'open' })
    this.#isReleasing = false
    if (!isReleased) return
    this.#isHeld = false
    if (this.#mayFilm) void this.#reopen()
    this.#uplink.gate.hold(false)
    this.second.hold(false)
  }

  /** Ends the transmission for good: its recording is made now. */
  async finish(): Promise<void> {
    this.#uplink.stop()
    this.second.stop()
    const answer = await this.#link.end()
    if (answer.ok) this.#stage = 'over'
    else this.#fail('hub', 'ready')
  }

  /** The window closes. */
  end(): void {
    this.#uplink.stop()
    this.encoder.end()
    this.second.end()
    this.#worker.end()
    this.pictures.end()
    this.sound.end()
  }

  async recover(): Promise<void> {
    await Promise.all([this.pictures.recover(), this.sound.recover(), this.second.recover()])
  }

  /** Milliseconds by which the upload is behind. */
  get uploadDelay(): number {
    return this.#uplink.delay
  }

  async #setGate(request: Parameters<BroadcastLink['setGate']>[0]): Promise<boolean> {
    if (!this.isTransmitting && !this.second.isArmed) return true
    const answer = await this.#link.setGate(request)
    this.#trouble = answer.ok ? undefined : 'gate'
    await Promise.all([this.#uplink.renew(), this.encoder.ask()])
    return answer.ok
  }

  #close(): void {
    this.#isOpenHere = false
    this.#shut()
  }

  #shut(): void {
    this.pictures.shut()
    this.sound.shut()
    this.#worker.tell({ tell: 'close' })
  }

  async #reopen(): Promise<void> {
    this.#openings += 1
    await Promise.all([this.pictures.reopen(), this.sound.reopen()])
  }

  async #open(generation: number): Promise<void> {
    const plan = this.#chosen?.plan
    if (!plan) return
    this.#isOpenHere = true
    // What the preview held until now was captured before: it goes, and every source is opened anew.
    this.#shut()
    this.#worker.tell({ tell: 'begin', generation, plan })
    await this.#reopen()
  }

  #onLease(lease: Lease | undefined): void {
    this.health.hearLease(lease)
    if (!lease) return
    this.#lease = lease
    this.#leasedUntil = machineTime() + Math.min(lease.forMs, leaseMs)
    if (lease.key !== undefined) this.#closeAgain()
  }

  /** The hub did not hear that it was to close: it hears it again until it has. */
  #closeAgain(): void {
    if (this.#isHeld && !this.#isReleasing) void this.#link.setGate({ state: 'closed', drop: true })
  }

  #hear(message: FromCapture): void {
    switch (message.tell) {
      case 'measured':
        this.#measurement = message.measurement
        this.#stage = 'ready'
        return
      case 'unable':
        return this.#fail(message.reason, 'unable')
      case 'part':
        return this.#uplink.take(message.part)
      case 'inits':
        if (!isAsAnnounced(this.#chosen?.inits ?? [], message.inits)) this.#fail('encoder', 'ready')
        return
      case 'health':
        return this.health.hearEncoding(message.health)
      case 'beat':
        return this.#uplink.beat()
      case 'shown':
        return this.pictures.setShown(message.source)
      case 'failed':
        return this.#fail('encoder', 'ready')
    }
  }

  #fail(trouble: Trouble, stage: Stage): void {
    this.#uplink.stop()
    this.#trouble = trouble
    this.#stage = stage
  }
}
