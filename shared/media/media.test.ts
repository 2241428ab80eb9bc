import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BufferSource, EncodedPacketSink, FilePathSource, Input, MP4, type InputTrack } from 'mediabunny'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../scripts/ffmpeg.ts'
import { joinBytes } from './box.ts'
import { frameRate, partMs } from './cadence.ts'
import { writeInit } from './init-segment.ts'
import { PartCutter, type CutPart } from './part-cutter.ts'
import { findBoxes, readBoxes } from './read-boxes.ts'
import { codecString, type AudioTrack, type Track, type VideoTrack } from './track.ts'

const run = promisify(execFile)

/** Four segments of a test picture with a tone, encoded as a chamber's computer would. */
const seconds = 7.68

interface Encoded {
  readonly tracks: { readonly video: VideoTrack; readonly aac: AudioTrack; readonly opus: AudioTrack }
  readonly pictures: readonly { readonly bytes: Uint8Array; readonly key: boolean }[]
  readonly sounds: Record<'aac' | 'opus', readonly Uint8Array[]>
}

describe.skipIf(!findFfmpeg())(
  'parts of a stream, as ffmpeg decodes them (skipped where ffmpeg is not installed)',
  () => {
    let folder: string
    let encoded: Encoded

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'media-'))
      encoded = await encodeTestPicture(folder)
    })
    afterAll(() => rm(folder, { recursive: true }))

    async function save(name: string, tracks: readonly Track[], parts: readonly CutPart[]): Promise<string> {
      const path = join(folder, name)
      await writeFile(path, joinBytes(writeInit(tracks), ...parts.map(({ bytes }) => bytes)))
      return path
    }

    it('hold every frame of picture and sound, in order and bit for bit', async () => {
      const { video, aac } = encoded.tracks
      const parts = cut([video, aac])
      expect(parts.map(({ index }) => index)).toEqual(Array.from({ length: 24 }, (_, index) => index))
      expect(parts.filter(({ independent }) => independent).map(({ index }) => index)).toEqual([0, 6, 12, 18])
      expect(parts.filter(({ lastOfSegment }) => lastOfSegment).map(({ index }) => index)).toEqual([5, 11, 17, 23])

      const path = await save('muxed.mp4', [video, aac], parts)
      expect(await decodedFrames(path, 'v')).toEqual(await decodedFrames(join(folder, 'aac.mp4'), 'v'))
      expect(await shape(path)).toEqual([
        { codec_name: 'h264', profile: 'Constrained Baseline', frames: 192, duration: seconds },
        { codec_name: 'aac', profile: 'LC', frames: 360, duration: seconds },
      ])
    })

    it('are read by a second library with the times that they were given', async () => {
      const { video, aac } = encoded.tracks
      const input = inputOf(joinBytes(writeInit([video, aac]), ...cut([video, aac]).map(({ bytes }) => bytes)))
      const pictures = await packetsOf(await input.getPrimaryVideoTrack())
      const sounds = await packetsOf(await input.getPrimaryAudioTrack())
      expect(pictures.map(({ timestamp }) => Math.round(timestamp * frameRate))).toEqual(
        encoded.pictures.map((_, at) => at),
      )
      expect(pictures.map(({ type }) => type === 'key')).toEqual(encoded.pictures.map(({ key }) => key))
      expect(sounds.map(({ timestamp }) => Math.round(timestamp * 48_000))).toEqual(
        Array.from({ length: 360 }, (_, index) => index * 1024),
      )
    })

    it('carry sound alone, as AAC and as Opus', async () => {
      for (const codec of ['aac', 'opus'] as const) {
        const track = encoded.tracks[codec]
        const path = await save(`${codec}-alone.mp4`, [track], cut([track]))
        expect(await shape(path)).toMatchObject([{ codec_name: codec, frames: codec === 'aac' ? 360 : 384 }])
        const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'])
        expect(stderr).toBe('')
      }
    })

    it('keep their length when frames of the picture were left out', async () => {
      const { video, aac } = encoded.tracks
      const parts = cut([video, aac], (slot) => slot % 8 === 0 || slot < 100)
      expect(parts).toHaveLength(23)
      const [late] = parts.slice(-1)
      const durations = findBoxes(readBoxes(late?.bytes ?? new Uint8Array()) ?? [], 'trun').map(({ content }) =>
        new DataView(content.buffer, content.byteOffset).getUint32(12),
      )
      expect(durations).toEqual([(partMs / 1000) * 90_000, 1024])
    })

    it('are named as players name their formats', () => {
      const { video, aac, opus } = encoded.tracks
      expect([video, aac, opus].map(codecString)).toEqual([
        expect.stringMatching(/^avc1\.42[c-f]01f$/),
        'mp4a.40.2',
        'opus',
      ])
    })

    it('are boxes from end to end, and torn ones are seen', () => {
      const { video, aac } = encoded.tracks
      const bytes = joinBytes(writeInit([video, aac]), ...cut([video, aac]).map((part) => part.bytes))
      const types = (readBoxes(bytes) ?? []).map(({ type }) => type)
      expect(types).toEqual(['ftyp', 'moov', ...Array.from({ length: 24 }, () => ['moof', 'mdat']).flat()])
      expect(readBoxes(bytes.subarray(0, -1))).toBeUndefined()
    })

    /** Cuts the whole test picture; `keep` says which frames the encoder gave. */
    function cut(tracks: readonly Track[], keep: (slot: number) => boolean = () => true): CutPart[] {
      const cutter = new PartCutter(tracks)
      for (const track of tracks) {
        if (track.kind === 'audio') for (const bytes of encoded.sounds[track.codec]) cutter.addSound(bytes)
        else
          encoded.pictures.forEach(({ bytes, key }, slot) => {
            if (keep(slot)) cutter.addPicture(slot, bytes, key)
          })
      }
      const parts: CutPart[] = []
      for (let part = cutter.take(); part; part = cutter.take()) parts.push(part)
      return parts
    }
  },
)

const inputOf = (source: string | Uint8Array): Input =>
  new Input({
    formats: [MP4],
    source: typeof source === 'string' ? new FilePathSource(source) : new BufferSource(source),
  })

async function packetsOf(track: InputTrack | null): Promise<{ timestamp: number; type: string; data: Uint8Array }[]> {
  if (!track) throw new Error('the second library finds no such track')
  const packets = []
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet)
  return packets
}

const bytesOf = (source: ArrayBufferView | ArrayBuffer): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice()

async function encodeTestPicture(folder: string): Promise<Encoded> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=${frameRate}:duration=${seconds}`]
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`]
  const h264 = ['-c:v', 'libx264', '-profile:v', 'baseline', '-level', '3.1', '-g', '48', '-sc_threshold', '0']
  const still = ['-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
  for (const [name, codec] of [
    ['aac', 'aac'],
    ['opus', 'libopus'],
  ] as const) {
    const arguments_ = [...picture, ...tone, ...h264, ...still, '-c:a', codec, join(folder, `${name}.mp4`)]
    await run('ffmpeg', ['-v', 'error', ...arguments_])
  }
  const [aac, opus] = [inputOf(join(folder, 'aac.mp4')), inputOf(join(folder, 'opus.mp4'))]
  const video = await aac.getPrimaryVideoTrack()
  const pictures = await packetsOf(video)
  const config = await video?.getDecoderConfig()
  return {
    tracks: {
      video: {
        kind: 'video',
        codec: 'avc',
        width: 640,
        height: 360,
        description: bytesOf(config?.description as ArrayBuffer),
      },
      aac: await audioTrack(aac, 'aac'),
      opus: await audioTrack(opus, 'opus'),
    },
    pictures: pictures.map(({ data, type }) => ({ bytes: data, key: type === 'key' })),
    sounds: {
      aac: (await packetsOf(await aac.getPrimaryAudioTrack())).map(({ data }) => data),
      opus: (await packetsOf(await opus.getPrimaryAudioTrack())).map(({ data }) => data),
    },
  }
}

async function audioTrack(input: Input, codec: 'aac' | 'opus'): Promise<AudioTrack> {
  const config = await (await input.getPrimaryAudioTrack())?.getDecoderConfig()
  return { kind: 'audio', codec, channels: 1, description: bytesOf(config?.description as ArrayBuffer) }
}

async function decodedFrames(path: string, stream: 'v' | 'a'): Promise<string[]> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-map', `0:${stream}`, '-f', 'framemd5', '-'])
  return stdout
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '')
}

async function shape(path: string): Promise<unknown[]> {
  const fields = 'stream=codec_name,profile,nb_read_packets,duration'
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-count_packets',
    '-show_entries',
    fields,
    '-of',
    'json',
    path,
  ])
  const { streams } = JSON.parse(stdout) as { streams: Record<string, string>[] }
  return streams.map(({ codec_name, profile, nb_read_packets, duration }) => ({
    codec_name,
    profile,
    frames: Number(nb_read_packets),
    duration: Number(duration),
  }))
}
