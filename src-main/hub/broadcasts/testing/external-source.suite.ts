import { spawn, type ChildProcess } from 'node:child_process'
import { freePort } from '../../testing/free-port.ts'
import type { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { frameRate, sampleRate } from '../../../../shared/council/broadcast.ts'
import { marks, type Marker } from './marked-media.suite.ts'

const size = { width: 160, height: 90 }
const frameMs = 1000 / frameRate
const samplesPerFrame = sampleRate / frameRate

/** What a camera and a microphone give in the time of a frame. */
interface Moment {
  readonly picture: Buffer
  readonly sound: Buffer
}

/** Colours in RGB, as `marks` names them. */
const colours: Readonly<Record<Marker, readonly number[]>> = { open: [0, 0, 255], closed: [255, 0, 0] }

function momentOf(marker: Marker, frame: number): Moment {
  const sound = Buffer.alloc(samplesPerFrame * 2)
  for (let at = 0; at < samplesPerFrame; at += 1) {
    const time = (frame * samplesPerFrame + at) / sampleRate
    sound.writeInt16LE(Math.round(8000 * Math.sin(2 * Math.PI * marks[marker].tone * time)), at * 2)
  }
  return { picture: Buffer.alloc(size.width * size.height * 3, Buffer.from(colours[marker])), sound }
}

/**
 * A camera with an encoder of its own, which whoever asks gets by RTMP or SRT from a server that keeps the last seconds and gives
 * them first. Ended when the test is over.
 */
export class ExternalSource {
  readonly address: string
  /** What may be told of the address. */
  readonly label: string
  readonly #kept: Moment[] = []
  readonly #keptFrames: number
  readonly #timer: NodeJS.Timeout
  readonly #begun = Date.now()
  #frames = 0
  #server: ChildProcess | undefined
  #isOn = true
  #isAsked = false
  marker: Marker = 'open'

  readonly #listening: readonly string[]

  private constructor(port: number, keptSeconds: number, by: 'rtmp' | 'srt') {
    const host = `${by}://127.0.0.1:${port}`
    this.label = host
    this.address =
      by === 'srt' ? `${host}?passphrase=geheimgeheim` : `rtmp://klaus:geheim@127.0.0.1:${port}/live/stream-key`
    this.#listening =
      by === 'srt'
        ? ['-f', 'mpegts', `${host}?mode=listener&passphrase=geheimgeheim`]
        : ['-f', 'flv', '-listen', '1', `${host}/live/stream-key`]
    this.#keptFrames = keptSeconds * frameRate
    this.#timer = setInterval(() => this.#film(), frameMs)
    this.#serve()
    onTestFinished(() => this.#end())
  }

  static async begin(options: { keptSeconds?: number; by?: 'rtmp' | 'srt' } = {}): Promise<ExternalSource> {
    const { keptSeconds = 0, by = 'rtmp' } = options
    return new ExternalSource(await freePort(), keptSeconds, by)
  }

  /** Pulls the plug, or puts it in again. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn
    if (isOn) this.#serve()
    else this.#server?.kill('SIGKILL')
  }

  #end(): void {
    clearInterval(this.#timer)
    this.#isOn = false
    this.#server?.kill('SIGKILL')
  }

  /** As many moments as passed by the clock. */
  #film(): void {
    for (; this.#frames < (Date.now() - this.#begun) / frameMs; this.#frames += 1) {
      const moment = momentOf(this.marker, this.#frames)
      this.#kept.push(moment)
      if (this.#kept.length > this.#keptFrames) this.#kept.shift()
      if (this.#isAsked) this.#write(moment)
    }
  }

  #write({ picture, sound }: Moment): void {
    const [, , , pictures, sounds] = (this.#server?.stdio ?? []) as (Writable | undefined)[]
    pictures?.write(picture)
    sounds?.write(sound)
  }

  /** Listens for one who asks; for the next when that one has gone. */
  #serve(): void {
    const picture = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${size.width}x${size.height}`, '-r', `${frameRate}`]
    const sound = ['-f', 's16le', '-ar', String(sampleRate), '-ac', '1']
    const encoders = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p']
    const output = ['-g', '25', '-c:a', 'aac', '-flush_packets', '1']
    const server = spawn(
      'ffmpeg',
      [
        ...['-nostdin', '-loglevel', 'verbose', '-probesize', '32', ...picture, '-i', 'pipe:3'],
        ...['-probesize', '32', ...sound, '-i', 'pipe:4', ...encoders, ...output, ...this.#listening],
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    )
    this.#server = server
    this.#isAsked = false
    for (const stream of server.stdio) stream?.on('error', () => undefined)
    this.#write(momentOf(this.marker, 0))
    server.stderr?.on('data', (words: Buffer) => {
      if (this.#server !== server || this.#isAsked || !words.includes('Stream mapping')) return
      this.#isAsked = true
      for (const moment of this.#kept) this.#write(moment)
    })
    server.once('close', () => {
      if (this.#server === server && this.#isOn) this.#serve()
    })
  }
}
