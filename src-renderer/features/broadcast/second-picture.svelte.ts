import { leaseMs } from '../../../shared/council/broadcast.ts'
import type { Lease } from '../../../shared/hub-api/broadcast.ts'
import type { BroadcastLink } from '../../data/contract.ts'
import { isAsAnnounced, renditionsOf } from './announcement.ts'
import { machineTime, type FromCapture, type Measurement } from './capture-contract.ts'
import { CaptureWorker } from './sources/capture-worker.ts'
import { PictureSources } from './sources/picture-sources.svelte.ts'
import { Uplink } from './uplink/uplink.ts'

/** `armed`: announced, and the log of the meeting decides when something goes out. */
export type SecondStage = 'none' | 'measuring' | 'unable' | 'ready' | 'arming' | 'armed'

export type SecondTrouble = 'encoder' | 'hub' | 'lost'

/** What becomes of it at a moment: `camera`: it gives no picture; `unknown`: the hub does not answer. */
export type SecondAir = 'off' | 'waiting' | 'on' | 'camera' | 'unknown'

/** Milliseconds without a part that the hub took after which it is not on any more. */
const longestPause = 2000

/**
 * Sign language as this device sends it, beside the main picture or alone: a camera, a worker and a lease of its own
 * behind the same gate. A camera that gives nothing sends nothing, and comes back by itself.
 */
export class SecondPicture {
  readonly pictures: PictureSources
  #stage = $state<SecondStage>('none')
  #trouble = $state<SecondTrouble>()
  #camera = $state<string>()
  #lease = $state.raw<Lease>()
  #leasedUntil = $state(0)
  #takenAt = $state(0)
  readonly #worker: CaptureWorker
  readonly #uplink: Uplink
  #measurement: Measurement | undefined
  #mayFilm = true

  constructor(link: BroadcastLink) {
    this.#worker = new CaptureWorker((message) => this.#hear(message))
    this.pictures = new PictureSources(this.#worker, { width: 640, height: 480 })
    this.#uplink = new Uplink(link, {
      close: () => this.#shut(),
      open: ({ generation }) => void this.#open(generation),
      onLease: (lease) => this.#onLease(lease),
      onLost: () => this.#fail('lost'),
      onPart: (_, outcome) => {
        if (outcome === 'taken') this.#takenAt = machineTime()
      },
    })
  }

  get stage(): SecondStage {
    return this.#stage
  }
  get trouble(): SecondTrouble | undefined {
    return this.#trouble
  }
  get isArmed(): boolean {
    return this.#stage === 'armed'
  }
  /** Name of the camera that was chosen. */
  get camera(): string | undefined {
    return this.pictures.find(this.#camera ?? null)?.label
  }

  /** @param now machine time, as a permission lapses by itself */
  airAt(now: number): SecondAir {
    if (!this.isArmed) return 'off'
    if (now >= this.#leasedUntil) return 'unknown'
    if (this.#lease?.key === undefined || !this.#uplink.gate.opening) return 'waiting'
    if (now - this.#takenAt < longestPause) return 'on'
    return this.pictures.find(this.#camera ?? null)?.state === 'live' ? 'waiting' : 'camera'
  }

  setStage(canvas: HTMLCanvasElement): void {
    const offscreen = canvas.transferControlToOffscreen()
    this.#worker.tell({ tell: 'stage', canvas: offscreen }, [offscreen])
  }

  /** Films with a camera from now on, in place of the one before. */
  async choose(device: string, label: string): Promise<void> {
    if (this.#camera !== undefined) this.pictures.remove(this.#camera)
    if (this.#stage === 'none') {
      this.#stage = 'measuring'
      this.#worker.tell({ tell: 'measure', picture: 'second' })
    }
    const camera = await this.pictures.addCamera(device, label)
    this.#camera = camera
    this.#worker.tell({
      tell: 'scene',
      scene: { layout: 'one', main: camera, side: null, lowerThird: null, fallback: null },
    })
    if (!this.#mayFilm) this.#shut()
  }

  /** Announces it. From then on the log decides when something goes out. */
  async start(interpreters: readonly string[]): Promise<void> {
    if (!this.#measurement || this.#stage !== 'ready') return
    this.#stage = 'arming'
    this.#trouble = undefined
    const renditions = renditionsOf(this.#measurement)
    const answer = await this.#uplink.announce({ renditions, interpreters: [...interpreters] })
    this.#stage = answer.ok ? 'armed' : 'ready'
    if (!answer.ok) this.#trouble = 'hub'
  }

  stop(): void {
    this.#uplink.stop()
    if (this.#stage === 'armed') this.#stage = 'ready'
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
    if (!filmed && this.#mayFilm && !this.#uplink.gate.opening) void this.pictures.reopen()
  }

  /** Whoever transmits keeps it closed, or lets the log decide again; takes effect within the call. */
  hold(isHeld: boolean): void {
    this.#uplink.gate.hold(isHeld)
    if (isHeld) this.#shut()
    else if (this.#mayFilm && !this.#uplink.gate.opening) void this.pictures.reopen()
  }

  /** Takes up again what came back; asked when the list of devices changed. */
  recover(): Promise<void> {
    return this.pictures.recover()
  }

  /** The window closes. */
  end(): void {
    this.#uplink.stop()
    this.#worker.end()
    this.pictures.end()
  }

  #shut(): void {
    this.pictures.shut()
    this.#worker.tell({ tell: 'close' })
  }

  async #open(generation: number): Promise<void> {
    const plan = this.#measurement?.plan
    if (!plan) return
    // What the preview held until now was captured before: it goes, and the camera is opened anew.
    this.#shut()
    this.#worker.tell({ tell: 'begin', generation, plan })
    await this.pictures.reopen()
  }

  #onLease(lease: Lease | undefined): void {
    if (!lease) return
    this.#lease = lease
    this.#leasedUntil = machineTime() + Math.min(lease.forMs, leaseMs)
  }

  #hear(message: FromCapture): void {
    switch (message.tell) {
      case 'measured':
        this.#measurement = message.measurement
        this.#stage = 'ready'
        return
      case 'unable':
        this.#stage = 'unable'
        return
      case 'part':
        return this.#uplink.take(message.part)
      case 'inits':
        if (!isAsAnnounced(this.#measurement?.inits ?? [], message.inits)) this.#fail('encoder')
        return
      case 'beat':
        return this.#uplink.beat()
      case 'shown':
        return this.pictures.setShown(message.source)
      case 'failed':
        return this.#fail('encoder')
      case 'health':
        return
    }
  }

  #fail(trouble: SecondTrouble): void {
    this.stop()
    this.#trouble = trouble
  }
}
