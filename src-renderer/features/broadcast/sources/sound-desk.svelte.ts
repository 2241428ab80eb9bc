import { sampleRate } from '../../../../shared/media/cadence.ts'
import type { CaptureWorker } from './capture-worker.ts'
import { soundFrames } from './track-frames.ts'

export type MicrophoneState = 'opening' | 'live' | 'lost' | 'shut' | 'denied'

export interface Microphone {
  readonly device: string
  readonly label: string
  readonly state: MicrophoneState
}

interface OpenMicrophone {
  readonly track: MediaStreamTrack
  readonly node: MediaStreamAudioSourceNode
}

/** Decibels below full scale at which the meter ends; quieter is silence. */
export const quietest = -60
/** Peak of the test tone: EBU R 68 lines up at 18 decibels below full scale. */
const toneLevel = 10 ** (-18 / 20)
const toneHertz = 1000

/**
 * The room's sound: any number of microphones and a test tone, mixed to one channel at 48 kHz. The mix goes on when a
 * device is lost, with silence in its place.
 */
export class SoundDesk {
  #microphones = $state.raw<readonly Microphone[]>([])
  #tone = $state(false)
  readonly #worker: CaptureWorker
  readonly #context = new AudioContext({ sampleRate, latencyHint: 'interactive' })
  readonly #mix: MediaStreamAudioDestinationNode
  readonly #meter: AnalyserNode
  readonly #open = new Map<string, OpenMicrophone>()
  #oscillator: OscillatorNode | undefined
  #isShut = false
  /** Rises with every close: what was asked for before it is not wanted after it. */
  #era = 0

  constructor(worker: CaptureWorker) {
    this.#worker = worker
    this.#mix = new MediaStreamAudioDestinationNode(this.#context, { channelCount: 1, channelCountMode: 'explicit' })
    this.#meter = new AnalyserNode(this.#context, { fftSize: 2048, channelCount: 1, channelCountMode: 'explicit' })
    this.#meter.connect(this.#mix)
    this.#listen()
  }

  get microphones(): readonly Microphone[] {
    return this.#microphones
  }
  get tone(): boolean {
    return this.#tone
  }

  /** Peak of the last 40 ms in decibels below full scale. */
  level(): number {
    const samples = new Float32Array(this.#meter.fftSize)
    this.#meter.getFloatTimeDomainData(samples)
    const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
    return Math.max(quietest, 20 * Math.log10(peak))
  }

  async add(device: string, label: string): Promise<void> {
    if (this.#microphones.some((one) => one.device === device)) return
    this.#microphones = [...this.#microphones, { device, label, state: 'opening' }]
    await this.#openMicrophone(device)
  }

  remove(device: string): void {
    this.#stop(device)
    this.#microphones = this.#microphones.filter((one) => one.device !== device)
  }

  /** Browsers let a page make sound only after somebody touched it. */
  async resume(): Promise<void> {
    await this.#context.resume()
  }

  setTone(isOn: boolean): void {
    this.#oscillator?.stop()
    this.#oscillator = undefined
    this.#tone = isOn
    if (!isOn) return
    const oscillator = new OscillatorNode(this.#context, { frequency: toneHertz })
    oscillator.connect(new GainNode(this.#context, { gain: toneLevel })).connect(this.#meter)
    oscillator.start()
    this.#oscillator = oscillator
  }

  /** Ends every microphone before it returns. */
  shut(): void {
    this.#isShut = true
    this.#era += 1
    this.setTone(false)
    for (const device of [...this.#open.keys()]) {
      this.#stop(device)
      this.#set(device, 'shut')
    }
  }

  async reopen(): Promise<void> {
    this.#isShut = false
    this.#listen()
    for (const { device, state } of this.#microphones) if (state !== 'live') await this.#openMicrophone(device)
  }

  async recover(): Promise<void> {
    if (this.#isShut) return
    for (const { device, state } of this.#microphones) if (state === 'lost') await this.#openMicrophone(device)
  }

  end(): void {
    this.shut()
    void this.#context.close()
  }

  /** Gives the mix to the worker, from this moment on. */
  #listen(): void {
    const [track] = this.#mix.stream.getAudioTracks()
    if (!track) return
    const readable = soundFrames(track)
    this.#worker.tell({ tell: 'sound', readable }, [readable])
  }

  async #openMicrophone(device: string): Promise<void> {
    const era = this.#era
    this.#set(device, 'opening')
    // A room's sound comes from its desk: what calls do to voices would spoil it.
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    const audio = { deviceId: { exact: device }, ...plain }
    const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((fault: unknown) => fault)
    const track = stream instanceof MediaStream ? stream.getAudioTracks()[0] : undefined
    if (!(stream instanceof MediaStream) || !track) {
      const isDenied = stream instanceof DOMException && stream.name === 'NotAllowedError'
      return this.#set(device, isDenied ? 'denied' : 'lost')
    }
    if (this.#era !== era || !this.#microphones.some((one) => one.device === device)) return track.stop()
    const node = this.#context.createMediaStreamSource(stream)
    node.connect(this.#meter)
    this.#open.set(device, { track, node })
    track.onended = () => {
      this.#stop(device)
      this.#set(device, 'lost')
    }
    this.#set(device, 'live')
  }

  #stop(device: string): void {
    const open = this.#open.get(device)
    if (!open) return
    open.track.onended = null
    open.track.stop()
    open.node.disconnect()
    this.#open.delete(device)
  }

  #set(device: string, state: MicrophoneState): void {
    this.#microphones = this.#microphones.map((one) => (one.device === device ? { ...one, state } : one))
  }
}
