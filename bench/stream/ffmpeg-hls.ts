import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { frameRate, sampleRate } from '../../shared/council/broadcast.ts'
import type { Encoded } from './encoded.ts'

const frameMs = 1000 / frameRate
const bits = 32
/** Key frames where segments of two seconds begin: with the encoder's own distance they would last ten. */
const group = 2 * frameRate

/** The filmed clock (`e2e/fixtures/filmed-clock.ts`) as raw pictures in planar YUV, limited range. */
function makeCamera({ width, height }: Encoded): () => Buffer {
  const [room, square] = [Buffer.alloc((width * height * 3) / 2), Math.round(height / 18)]
  room.fill(85, 0, width * height)
  room.fill(110, width * height, (width * height * 5) / 4)
  room.fill(90, (width * height * 5) / 4)
  return () => {
    const frame = Buffer.from(room)
    const now = Date.now() % 2 ** 32
    for (let row = 0; row < square; row += 1)
      for (let bit = 0; bit < bits; bit += 1) {
        const [from, to] = [bit, bit + 1].map((edge) => row * width + Math.round((edge * width) / bits))
        frame.fill(Math.floor(now / 2 ** (bits - 1 - bit)) % 2 === 1 ? 235 : 16, from, to)
      }
    return frame
  }
}

/** ffmpeg's own HLS with its defaults (segments of two seconds, five of them), of the same picture in the same sizes. */
export class FfmpegHls {
  readonly #stop: () => Promise<void>

  static begin(folder: string, pictures: readonly Encoded[]): FfmpegHls {
    return new FfmpegHls(folder, pictures)
  }

  private constructor(folder: string, pictures: readonly Encoded[]) {
    const [main] = pictures
    if (!main) throw new Error('There is no picture to encode.')
    const child = spawn('ffmpeg', argumentsFor(folder, pictures), { stdio: ['pipe', 'ignore', 'inherit'] })
    const gone = once(child, 'exit')
    child.stdin.on('error', () => undefined)
    let isOn = true
    const filming = (async () => {
      const film = makeCamera(main)
      const begun = Date.now()
      for (let frames = 0; isOn && child.exitCode === null; await setTimeout(frameMs / 4))
        for (; isOn && frames < (Date.now() - begun) / frameMs; frames += 1) child.stdin.write(film())
    })()
    this.#stop = async () => {
      isOn = false
      await filming
      child.kill('SIGKILL')
      await gone
    }
  }

  stop(): Promise<void> {
    return this.#stop()
  }
}

function argumentsFor(folder: string, pictures: readonly Encoded[]): string[] {
  const [{ width, height }] = pictures as [Encoded]
  const camera = ['-probesize', '32', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`]
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=500:sample_rate=${sampleRate}`]
  const split = `[0:v]split=${pictures.length}${pictures.map((_, at) => `[in${at}]`).join('')}`
  const sizes = pictures.map((one, at) => `[in${at}]scale=${one.width}:${one.height}[out${at}]`)
  return [
    ...['-nostdin', '-v', 'error', '-fflags', 'nobuffer', ...camera, '-r', `${frameRate}`, '-i', 'pipe:0', ...sound],
    ...['-filter_complex', [split, ...sizes].join(';')],
    ...pictures.flatMap((_, at) => ['-map', `[out${at}]`, '-map', '1:a']),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
    ...pictures.flatMap(({ bitrate }, at) => [`-b:v:${at}`, String(bitrate)]),
    ...['-g', `${group}`, '-keyint_min', `${group}`, '-sc_threshold', '0', '-c:a', 'aac', '-b:a', '64k', '-ac', '1'],
    ...['-f', 'hls', '-master_pl_name', 'live.m3u8'],
    ...['-var_stream_map', pictures.map((_, at) => `v:${at},a:${at}`).join(' '), join(folder, 'stream-%v.m3u8')],
  ]
}
