import { framesPerPart, frameTicks, partsPerSegment, samplesPerFrame, samplesPerPart } from './cadence.ts'
import { writePart, type Run, type Sample } from './part.ts'
import type { Track } from './track.ts'

/** A part that is ready to go out. */
export interface CutPart {
  /** Counted from 0 at the start of the stream: the part lasts from `index` to `index + 1` times `partMs`. */
  readonly index: number
  readonly bytes: Uint8Array<ArrayBuffer>
  /** A player can begin with it. */
  readonly independent: boolean
  readonly lastOfSegment: boolean
}

interface VideoFrame {
  readonly slot: number
  readonly bytes: Uint8Array
  readonly key: boolean
}

/**
 * Cuts what encoders give into parts of one rendition. A part goes out when picture and sound have reached its end, so
 * that every part has the same length; a frame of the picture that was left out makes the one before it longer.
 *
 * The tracks of a rendition lie in one file: one request instead of two per part for each watcher, and one thing for the
 * gate to let through or not.
 */
export class PartCutter {
  readonly #tracks: readonly Track[]
  readonly #audioSamples: number
  #frames: VideoFrame[] = []
  #sounds: Uint8Array[] = []
  #soundsCut = 0
  #next = 0

  constructor(tracks: readonly Track[]) {
    this.#tracks = tracks
    const audio = tracks.find(({ kind }) => kind === 'audio')
    this.#audioSamples = audio ? samplesPerFrame[audio.codec as 'aac' | 'opus'] : 0
  }

  /** @param slot number of the frame on the grid of 25 a second */
  addPicture(slot: number, bytes: Uint8Array, key: boolean): void {
    this.#frames.push({ slot, bytes, key })
  }

  /** Sound has no gaps: each frame follows the one before. */
  addSound(bytes: Uint8Array): void {
    this.#sounds.push(bytes)
  }

  /** The next part, once it is complete. */
  take(): CutPart | undefined {
    const [index, end] = [this.#next, (this.#next + 1) * framesPerPart]
    if (!this.#isComplete(end)) return undefined
    const runs = this.#tracks.map(({ kind }, at) =>
      kind === 'video' ? this.#pictureRun(at + 1, end) : this.#soundRun(at + 1),
    )
    this.#next += 1
    return {
      index,
      bytes: writePart(index + 1, runs),
      independent: runs.every(({ samples }) => samples[0]?.key !== false),
      lastOfSegment: index % partsPerSegment === partsPerSegment - 1,
    }
  }

  #isComplete(end: number): boolean {
    return this.#tracks.every(({ kind }) =>
      kind === 'video'
        ? (this.#frames.at(-1)?.slot ?? -1) >= end - 1
        : this.#sounds.length * this.#audioSamples >= samplesPerPart,
    )
  }

  #pictureRun(track: number, end: number): Run {
    const frames = this.#frames.filter(({ slot }) => slot < end)
    this.#frames = this.#frames.slice(frames.length)
    const begins = frames.map(({ slot }, index) => (index === 0 ? end - framesPerPart : slot))
    const samples = frames.map(({ bytes, key }, index): Sample => {
      const slots = (begins[index + 1] ?? end) - (begins[index] ?? end)
      return { bytes, key, duration: slots * frameTicks }
    })
    return { track, time: (end - framesPerPart) * frameTicks, samples }
  }

  #soundRun(track: number): Run {
    const sounds = this.#sounds.splice(0, samplesPerPart / this.#audioSamples)
    const time = this.#soundsCut * this.#audioSamples
    this.#soundsCut += sounds.length
    return { track, time, samples: sounds.map((bytes) => ({ bytes, key: true, duration: this.#audioSamples })) }
  }
}
