import { sampleRate } from './cadence.ts'

/** Gaps and overlaps that are shorter are differences of clocks, which nobody hears. */
const toleranceMs = 60
const tolerance = (toleranceMs * sampleRate) / 1000

/**
 * Lays sound on the time of the stream without gaps. Devices fall silent, jump and drift; a stream whose sound simply
 * followed itself would end seconds behind its picture. All times are microseconds since the stream began.
 */
export class SoundTimeline {
  #written = 0

  /** Up to where there is sound. */
  get end(): number {
    return (this.#written * 1_000_000) / sampleRate
  }

  /** What of samples captured at `time` belongs to the stream now, with silence before it where some was lost. */
  place(time: number, samples: Float32Array): Float32Array {
    const ahead = Math.round((time * sampleRate) / 1_000_000) - this.#written
    if (Math.abs(ahead) <= tolerance) return this.#write(samples)
    if (ahead < 0) return this.#write(samples.subarray(Math.min(-ahead, samples.length)))
    const filled = new Float32Array(ahead + samples.length)
    filled.set(samples, ahead)
    return this.#write(filled)
  }

  /** Silence up to `time`, where nothing came: no microphone, a lost one, a machine that cannot keep up. */
  fillUntil(time: number): Float32Array {
    return this.#write(new Float32Array(Math.max(0, Math.round((time * sampleRate) / 1_000_000) - this.#written)))
  }

  #write(samples: Float32Array): Float32Array {
    this.#written += samples.length
    return samples
  }
}
