import { box, fullBox, joinBytes, u32, u64 } from './box.ts'

/** One encoded frame. */
export interface Sample {
  readonly bytes: Uint8Array
  /** In ticks of its track. */
  readonly duration: number
  /** A player can begin with it; every frame of sound is one. */
  readonly key: boolean
}

/** What a part holds of one track: samples that follow each other without a gap. */
export interface Run {
  /** Number of the track in the init segment. */
  readonly track: number
  /** When the first sample begins, in ticks of the track since the start of the stream. */
  readonly time: number
  readonly samples: readonly Sample[]
}

/** Depends on no other sample; depends on others and is no place to begin. Source: ISO/IEC 14496-12, 8.8.3.1. */
const flagsOf = ({ key }: Sample): number => (key ? 0x0200_0000 : 0x0101_0000)

const baseIsFragment = 0x02_0000
const hasOffset = 0x001
const hasDuration = 0x100
const hasSize = 0x200
const hasFlags = 0x400

/**
 * One part: a movie fragment and its samples, readable after the init segment alone. Runs without samples are left out.
 *
 * @param sequence rises by one from part to part
 * Source: ISO/IEC 14496-12, 8.8.4 to 8.8.12.
 */
export function writePart(sequence: number, runs: readonly Run[]): Uint8Array<ArrayBuffer> {
  const filled = runs.filter(({ samples }) => samples.length > 0)
  const headSize = fragmentHead(sequence, filled, 0).length
  const head = fragmentHead(sequence, filled, headSize + 8)
  return joinBytes(head, box('mdat', ...filled.flatMap(({ samples }) => samples.map(({ bytes }) => bytes))))
}

/** @param firstByte where the first sample lies, counted from the start of the fragment */
function fragmentHead(sequence: number, runs: readonly Run[], firstByte: number): Uint8Array {
  const sizes = runs.map(({ samples }) => samples.reduce((sum, { bytes }) => sum + bytes.length, 0))
  const offsets = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, firstByte))
  return box(
    'moof',
    fullBox('mfhd', 0, 0, u32(sequence)),
    ...runs.map((run, index) => trackRun(run, offsets[index] ?? 0)),
  )
}

function trackRun({ track, time, samples }: Run, offset: number): Uint8Array {
  const entries = samples.map((sample) =>
    joinBytes(u32(sample.duration), u32(sample.bytes.length), u32(flagsOf(sample))),
  )
  return box(
    'traf',
    fullBox('tfhd', 0, baseIsFragment, u32(track)),
    fullBox('tfdt', 1, 0, u64(time)),
    fullBox('trun', 0, hasOffset | hasDuration | hasSize | hasFlags, u32(samples.length), u32(offset), ...entries),
  )
}
