import { frameRate, partMs, sampleRate } from '../../../../shared/media/cadence.ts'
import { writeInit } from '../../../../shared/media/init-segment.ts'
import { PartCutter } from '../../../../shared/media/part-cutter.ts'
import { slotsToEncode } from '../../../../shared/media/picture-slots.ts'
import { SoundTimeline } from '../../../../shared/media/sound-timeline.ts'
import { codecString, type AudioTrack, type Track, type VideoTrack } from '../../../../shared/media/track.ts'
import type { EncodedPart, EncodingHealth, EncodingPlan, RenditionInit, RenditionPlan } from '../capture-contract.ts'
import { frameOf, PictureEncoder } from './picture-encoder.ts'
import { openSoundEncoder } from './sound-encoder.ts'
import type { SoundEncoder } from './sound-format.ts'

/** Milliseconds for which a part waits for its sound; then silence takes its place. */
const longestWaitMs = 250

export interface RunListener {
  onPart(part: EncodedPart): void
  onInits(inits: readonly RenditionInit[]): void
  onFailure(fault: unknown): void
}

/** One rendition on its way: what was encoded before all of its tracks were known waits. */
interface Line {
  readonly plan: RenditionPlan
  readonly encoder?: PictureEncoder
  video?: VideoTrack
  cutter?: PartCutter
  readonly waiting: ((cutter: PartCutter) => void)[]
}

/** Everything that is encoded between an opening of the gate and its next close. After `close` nothing comes out. */
export class Run {
  readonly #generation: number
  readonly #startedAt: number
  readonly #listener: RunListener
  readonly #lines: Line[]
  readonly #timeline = new SoundTimeline()
  readonly #hasSound: boolean
  #sound: SoundEncoder | undefined
  #audio: AudioTrack | undefined
  #lastSlot = -1
  #counted = { frames: 0, dropped: 0, silence: 0 }
  #areDescribed = false
  #isOpen = true

  /** @param startedAt machine time of the first frame */
  constructor(generation: number, plan: EncodingPlan, startedAt: number, listener: RunListener) {
    this.#generation = generation
    this.#startedAt = startedAt
    this.#listener = listener
    this.#lines = plan.renditions.map((one) => this.#openLine(one))
    this.#hasSound = plan.sound !== null
    if (plan.sound === null) return
    void openSoundEncoder(plan.sound, (bytes, track) => this.#onSound(bytes, track), this.#fail).then((encoder) => {
      if (this.#isOpen) this.#sound = encoder
      else encoder.close()
    }, this.#fail)
  }

  /** Encodes the picture of this moment, where its time has come. */
  picture(canvas: OffscreenCanvas, now: number): void {
    const slot = Math.floor(((now - this.#startedAt) * frameRate) / 1000)
    const pictures = this.#lines.flatMap(({ encoder }) => encoder ?? [])
    const slots = slotsToEncode(
      this.#lastSlot,
      slot,
      pictures.some(({ isBusy }) => isBusy),
    )
    if (slots.length > 0 && pictures.length > 0) encodeAll(pictures, canvas, slots)
    this.#counted.frames += Math.max(0, slot - this.#lastSlot)
    this.#counted.dropped += Math.max(0, slot - this.#lastSlot) - slots.length
    this.#lastSlot = Math.max(this.#lastSlot, slot)
    this.#fillSilence(now)
  }

  /** @param capturedAt machine time of the first sample */
  sound(samples: Float32Array, capturedAt: number): void {
    if (this.#sound) this.#encode(this.#timeline.place((capturedAt - this.#startedAt) * 1000, samples))
  }

  /** What happened since it was asked last. */
  takeHealth(): EncodingHealth {
    const health = { generation: this.#generation, ...this.#counted }
    this.#counted = { frames: 0, dropped: 0, silence: 0 }
    return health
  }

  close(): void {
    this.#isOpen = false
    for (const { encoder } of this.#lines) encoder?.close()
    this.#sound?.close()
  }

  #openLine(plan: RenditionPlan): Line {
    if (!plan.picture) return { plan, waiting: [] }
    const line: Line = {
      plan,
      encoder: new PictureEncoder(
        plan.picture,
        ({ slot, bytes, key }, track) => {
          if (track) line.video = track
          this.#put(line, (cutter) => cutter.addPicture(slot, bytes, key))
        },
        this.#fail,
      ),
      waiting: [],
    }
    return line
  }

  #fillSilence(now: number): void {
    const until = (now - this.#startedAt - longestWaitMs) * 1000
    if (!this.#sound || until <= this.#timeline.end) return
    const silence = this.#timeline.fillUntil(until)
    this.#counted.silence += (silence.length * 1000) / sampleRate
    this.#encode(silence)
  }

  #encode(samples: Float32Array): void {
    if (samples.length > 0) this.#sound?.encode(samples)
  }

  #onSound(bytes: Uint8Array, track: AudioTrack | undefined): void {
    if (track) this.#audio = track
    for (const line of this.#lines) this.#put(line, (cutter) => cutter.addSound(bytes))
  }

  #put(line: Line, add: (cutter: PartCutter) => void): void {
    if (!this.#isOpen) return
    line.waiting.push(add)
    this.#areDescribed ||= this.#describe()
    if (this.#areDescribed) for (const one of this.#lines) this.#cut(one)
  }

  /** Makes the cutters when every track is known: no part goes out before the inits that it is read with. */
  #describe(): boolean {
    const audio = this.#audio
    if (this.#hasSound && !audio) return false
    const all = this.#lines.flatMap((line) => {
      if (line.encoder && !line.video) return []
      return { line, tracks: [line.video, audio].filter((track) => track !== undefined) }
    })
    if (all.length < this.#lines.length) return false
    for (const { line, tracks } of all) line.cutter = new PartCutter(tracks)
    this.#listener.onInits(all.map(({ line, tracks }) => initOf(line.plan, tracks)))
    return true
  }

  #cut({ plan, cutter, waiting }: Line): void {
    if (!cutter) return
    for (const add of waiting.splice(0)) add(cutter)
    for (let part = cutter.take(); part; part = cutter.take()) {
      const from = this.#startedAt + part.index * partMs
      const { index, bytes, independent, lastOfSegment } = part
      const which = { generation: this.#generation, rendition: plan.rendition, index }
      this.#listener.onPart({ ...which, bytes, from, to: from + partMs, independent, lastOfSegment })
    }
  }

  #fail = (fault: unknown): void => {
    if (this.#isOpen) this.#listener.onFailure(fault)
  }
}

/** What a rendition of these tracks announces itself with. */
export const initOf = ({ rendition }: RenditionPlan, tracks: readonly Track[]): RenditionInit => ({
  rendition,
  codecs: tracks.map(codecString).join(','),
  init: writeInit(tracks),
})

/** Reading a picture out of its canvas costs as much as encoding it: it is read once, for all sizes. */
function encodeAll(encoders: readonly PictureEncoder[], canvas: OffscreenCanvas, slots: readonly number[]): void {
  const read = frameOf(canvas, slots[0] ?? 0)
  for (const slot of slots) {
    const frame = frameOf(read, slot)
    for (const encoder of encoders) encoder.encode(frame, slot)
    frame.close()
  }
  read.close()
}
