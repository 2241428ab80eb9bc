import type { HeldTime } from '../../../shared/rules/broadcast/recording.ts'
import type { RecordingLink } from '../../data/contract.ts'

/** Milliseconds that are looked at at once: two minutes. */
export const pieceLength = 120_000
/** Milliseconds of sound that one bar stands for. */
export const barMs = 200
const sampleRate = 48_000

/** Decibels below the loudest that can be recorded at which a bar is empty. */
const range = 60

/** How loud the sound of a stretch is: from 0 (-60 dB) to 1 (0 dB) for each bar; undefined where nothing is recorded. */
export type Loudness = readonly (number | undefined)[]

/**
 * Decodes the sound of a stretch as it was recorded, and measures it. Undefined when the hub does not answer or this
 * browser cannot decode it.
 */
export async function loudnessOf(
  link: RecordingLink,
  held: readonly HeldTime[],
  from: number,
): Promise<Loudness | undefined> {
  const bars: (number | undefined)[] = Array.from({ length: pieceLength / barMs }, () => undefined)
  const to = from + pieceLength
  for (const time of held) {
    const piece = { from: Math.round(Math.max(from, time.from)), to: Math.round(Math.min(to, time.to)) }
    if (piece.to - piece.from < barMs) continue
    const bytes = await link.piece(piece)
    const sound = bytes && (await decode(bytes))
    if (!sound) return undefined
    // The piece begins with the part in which the moment lies.
    const samples = sound.getChannelData(0)
    const first = Math.ceil((piece.from - from) / barMs)
    const perBar = Math.round((sampleRate * barMs) / 1000)
    for (let bar = 0; bar * perBar < samples.length && first + bar < bars.length; bar++)
      bars[first + bar] = peakOf(samples.subarray(bar * perBar, (bar + 1) * perBar))
  }
  return bars
}

const decode = (bytes: ArrayBuffer): Promise<AudioBuffer | undefined> =>
  new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes).catch(() => undefined)

function peakOf(samples: Float32Array): number {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return Math.max(0, Math.min(1, 1 + (20 * Math.log10(peak)) / range))
}
