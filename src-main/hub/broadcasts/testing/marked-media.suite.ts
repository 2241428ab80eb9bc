import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { frameRate, partSeconds, sampleRate } from '../../../../shared/council/broadcast.ts'
import { readBoxes } from '../../../../shared/media/read-boxes.ts'

/** What was in the room: every frame and every sound says which of both it is of. */
export type Marker = 'open' | 'closed'

export const marks: Readonly<Record<Marker, { readonly colour: string; readonly tone: number }>> = {
  open: { colour: 'blue', tone: 500 },
  closed: { colour: 'red', tone: 3000 },
}

export interface MarkedMedia {
  readonly init: Buffer
  /** CMAF chunks of 8 frames and 15 AAC frames each. */
  readonly parts: readonly Buffer[]
}

/** Runs a program that may ask this process for something meanwhile; what it wrote. */
export async function run(command: string, args: readonly string[]): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(command, args, { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 })
  return stdout
}

/** Works in a folder of its own, which is gone afterwards. */
async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'ratssaal-media-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Recipe {
  /** Source of the picture, as ffmpeg's lavfi names it. */
  readonly source: string
  /** Hertz; undefined: a picture without sound, as the second one is. */
  readonly tone: number | undefined
  readonly parts: number
}

/** So many parts of one marker, encoded as a capture client would: nothing of anything else is in them. */
export const makeMarked = (marker: Marker, parts: number, { silent = false } = {}): Promise<MarkedMedia> => {
  const { colour, tone } = marks[marker]
  return encode({ source: `color=c=${colour}:s=160x90:r=${frameRate}`, tone: silent ? undefined : tone, parts })
}

/**
 * Bits of the number that each frame of a clocked picture shows, from left to right, the lowest first, and pixels of the
 * square that each of them is.
 */
export const clockBits = 13
export const clockSquare = 8

/** Parts whose frames show their number in black and white, to be read by a machine. */
export const makeClocked = (parts: number, { silent = false } = {}): Promise<MarkedMedia> => {
  const bit = `if(mod(floor(N/pow(2\\,floor(X*${clockBits}/W)))\\,2)\\,235\\,16)`
  const source = `color=c=black:s=${clockBits * clockSquare}x48:r=${frameRate},geq=lum='${bit}':cb=128:cr=128`
  return encode({ source, tone: silent ? undefined : marks.open.tone, parts })
}

const encode = async ({ source, tone, parts }: Recipe): Promise<MarkedMedia> => {
  const seconds = String(parts * partSeconds)
  return inFolder(async (folder) => {
    const at = (name: string): string => join(folder, name)
    const sound = ['-f', 'lavfi', '-i', `sine=frequency=${tone ?? 0}:sample_rate=${sampleRate}`]
    const length = ['-t', String(parts * partSeconds + 1)]
    if (tone !== undefined) {
      await run('ffmpeg', [
        '-v',
        'error',
        ...sound,
        ...length,
        '-ac',
        '1',
        '-c:a',
        'aac',
        '-b:a',
        '64k',
        at('tone.aac'),
      ])
      await run('ffmpeg', ['-v', 'error', '-i', at('tone.aac'), '-c', 'copy', at('tone.m4a')])
    }
    const picture = ['-f', 'lavfi', '-i', source, '-t', seconds]
    const encoder = ['-c:v', 'libx264', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-g', '48', '-bf', '0']
    const rhythm = ['-keyint_min', '48', '-sc_threshold', '0', '-preset', 'ultrafast']
    await run('ffmpeg', ['-v', 'error', ...picture, ...encoder, ...rhythm, at('picture.mp4')])
    const flags = ['-movflags', 'empty_moov+default_base_moof+skip_trailer+skip_sidx', '-frag_duration', '320000']
    const tracks = tone === undefined ? ['-map', '0:v'] : ['-i', at('tone.m4a'), '-map', '0:v', '-map', '1:a']
    const inputs = ['-i', at('picture.mp4'), ...tracks]
    await run('ffmpeg', ['-v', 'error', ...inputs, '-c', 'copy', '-t', seconds, ...flags, at('out.mp4')])
    const boxes = readBoxes(readFileSync(at('out.mp4'))) ?? []
    const first = boxes.findIndex(({ type }) => type === 'moof')
    const media = boxes.slice(first).map(({ bytes }) => bytes)
    return {
      init: Buffer.concat(boxes.slice(0, first).map(({ bytes }) => bytes)),
      parts: Array.from({ length: parts }, (_, part) => Buffer.concat(media.slice(2 * part, 2 * part + 2))),
    }
  })
}

/** Frames by what they show. */
export interface Seen {
  readonly open: number
  readonly closed: number
  readonly slate: number
}

export interface Decoded extends Seen {
  /** Tenths of a second in which a tone is heard, by which it is. */
  readonly tones: { readonly open: number; readonly closed: number; readonly silent: number }
}

/** Decodes media, and says what is seen and heard in it. */
export const decode = (media: Buffer): Promise<Decoded> => inMediaFile(media, decodeAt)

/** Decodes media that has a picture alone. */
export const decodePicture = (media: Buffer): Promise<Seen> => inMediaFile(media, seenAt)

const inMediaFile = <Result>(media: Buffer, work: (path: string) => Promise<Result>): Promise<Result> =>
  inFolder(async (folder) => {
    const path = join(folder, 'media.mp4')
    writeFileSync(path, media)
    return work(path)
  })

/** Decodes what is at a path or address, as any other player would. */
export const decodeAt = async (input: string): Promise<Decoded> => ({
  ...(await seenAt(input)),
  tones: await tonesAt(input),
})

/** What is seen in the media at a path or address. */
export async function seenAt(input: string): Promise<Seen> {
  const from = ['-v', 'error', '-i', input]
  const frames = await run('ffmpeg', [...from, '-an', '-vf', 'scale=1:1', ...raw('rgb24')])
  const seen = { open: 0, closed: 0, slate: 0 }
  for (let offset = 0; offset + 2 < frames.length; offset += 3) {
    const [red = 0, , blue = 0] = frames.subarray(offset, offset + 3)
    seen[red > 120 ? 'closed' : blue > 120 ? 'open' : 'slate'] += 1
  }
  return seen
}

/** What is heard in the media at a path or address. */
export async function tonesAt(input: string): Promise<Decoded['tones']> {
  const mono = ['-vn', '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', '-']
  return tonesIn(await run('ffmpeg', ['-v', 'error', '-i', input, ...mono]))
}

const raw = (format: string): string[] => ['-f', 'rawvideo', '-pix_fmt', format, '-fps_mode', 'passthrough', '-']

function tonesIn(samples: Buffer): Decoded['tones'] {
  const heard = { open: 0, closed: 0, silent: 0 }
  const window = sampleRate / 10
  for (let offset = 0; offset + window * 2 <= samples.length; offset += window * 2) {
    const values = new Int16Array(
      samples.buffer.slice(samples.byteOffset + offset, samples.byteOffset + offset + window * 2),
    )
    const [open, closed] = (['open', 'closed'] as const).map((marker) => strengthOf(values, marks[marker].tone))
    if (closed! > 50) heard.closed += 1
    else if (open! > 50) heard.open += 1
    else heard.silent += 1
  }
  return heard
}

/** How strong a frequency is in samples: Goertzel's algorithm, as an amplitude. */
function strengthOf(samples: Int16Array, frequency: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate)
  let [before, last] = [0, 0]
  for (const sample of samples) [before, last] = [last, sample + factor * last - before]
  const power = before * before + last * last - factor * before * last
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length
}
