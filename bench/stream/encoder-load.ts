import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { buildWhatIsStale } from '../../scripts/start/build.ts'
import { frameRate, sampleRate } from '../../shared/council/broadcast.ts'
import { broadcastPaths, type PublicBroadcast } from '../../shared/hub-api/broadcast.ts'
import { fakeDevices } from '../../scripts/chromium.ts'
import { launchBrowser } from '../../src-renderer/data/testing/browser.suite.ts'
import { lessIsBetter, type Bench, type Figure } from '../figure.ts'
import { encodedOf, type Encoded } from './encoded.ts'
import { transmitFromDesk } from './desk.ts'
import { callCouncil, meetingKey } from './transmission.ts'

const rounds = 2
const seconds = 30
/** Seconds in which code is compiled and encoders find their rate. */
const settling = 12
/** Share of the desk's cost that the encoders alone are to have: it takes 1.3 times as much at most. */
const goal = 0.77
/** Seconds of film; it is shown over and over. */
const filmed = 2

/** A browser whose camera shows the film, and what it costs while somebody works in it: seconds of CPU for a second. */
async function costOf(film: string, work: (browser: Browser) => Promise<void>): Promise<number> {
  const browser = await launchBrowser([...fakeDevices, `--use-file-for-fake-video-capture=${film}`])
  try {
    const session = await browser.newBrowserCDPSession()
    const cpu = async (): Promise<number> => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo')
      return processInfo.reduce((total, { cpuTime }) => total + cpuTime, 0)
    }
    await work(browser)
    await setTimeout(settling * 1000)
    const [before, begun] = [await cpu(), performance.now()]
    await setTimeout(seconds * 1000)
    return ((await cpu()) - before) / ((performance.now() - begun) / 1000)
  } finally {
    await browser.close()
  }
}

/** What the broadcast desk costs, and which pictures it encodes. */
async function deskCost(film: string): Promise<{ cost: number; pictures: Encoded[]; address: string }> {
  const called = await callCouncil()
  try {
    const { address } = called.council.hub
    const cost = await costOf(film, async (browser) => void (await transmitFromDesk(browser, called)))
    const answer = await fetch(address + broadcastPaths.state(meetingKey))
    return { cost, pictures: encodedOf((await answer.json()) as PublicBroadcast), address }
  } finally {
    await called.dissolve()
  }
}

/** Hands every frame of the camera to an encoder for each picture, and the sound to one of Opus; inside a page. */
const encodeBare = (pictures: readonly Encoded[]): string => `(async () => {
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1920, height: 1080 }, audio: plain })
  const readerOf = (track) => new MediaStreamTrackProcessor({ track }).readable.getReader()
  globalThis.encoded = { frames: 0, bytes: 0, fault: undefined }
  const into = { output: (chunk) => (encoded.bytes += chunk.byteLength), error: (fault) => (encoded.fault = String(fault)) }
  const encoders = ${JSON.stringify(pictures)}.map((picture) => {
    const encoder = new VideoEncoder(into)
    const config = { codec: 'avc1.42e028', framerate: ${frameRate}, latencyMode: 'realtime', avc: { format: 'avc' } }
    encoder.configure({ ...picture, ...config })
    return encoder
  })
  const sound = new AudioEncoder(into)
  sound.configure({ codec: 'opus', sampleRate: ${sampleRate}, numberOfChannels: 1, bitrate: 64000 })
  const read = async (reader, use) => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      use(value)
      value.close()
    }
  }
  void read(readerOf(stream.getVideoTracks()[0]), (frame) => {
    for (const encoder of encoders) encoder.encode(frame, { keyFrame: encoded.frames % ${2 * frameRate} === 0 })
    encoded.frames += 1
  })
  const context = new AudioContext({ sampleRate: ${sampleRate} })
  const mix = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' })
  context.createMediaStreamSource(stream).connect(mix)
  void read(readerOf(mix.stream.getAudioTracks()[0]), (data) => sound.encode(data))
})()`

interface Bare {
  readonly frames: number
  readonly bytes: number
  readonly fault?: string
}

async function bareCost(film: string, origin: string, pictures: readonly Encoded[]): Promise<number> {
  let ask = async (): Promise<Bare> => ({ frames: 0, bytes: 0 })
  let begun = 0
  let told: Bare = { frames: 0, bytes: 0 }
  const cost = await costOf(film, async (browser) => {
    const page = await browser.newPage()
    // Any page of the machine itself: cameras are for those alone.
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<p>–</p>' }))
    await page.goto(origin)
    await page.evaluate(encodeBare(pictures))
    begun = performance.now()
    ask = () => page.evaluate<Bare>('encoded')
    void setTimeout((settling + seconds - 1) * 1000).then(async () => (told = await ask()))
  })
  const passed = (performance.now() - begun) / 1000
  const rate = told.frames / passed
  if (told.fault !== undefined || rate < frameRate * 0.8)
    throw new Error(`Bare encoders did ${rate.toFixed(1)} frames a second: ${told.fault}`)
  return cost
}

/** Seconds of CPU that ffmpeg takes for a second of the same pictures and AAC. */
function ffmpegCost(film: string, pictures: readonly Encoded[]): number {
  const length = 20
  const each = pictures.flatMap(({ width, height, bitrate }) => [
    ...['-map', '0:v', '-map', '1:a', '-s', `${width}x${height}`, '-b:v', String(bitrate), '-g', String(2 * frameRate)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline', '-c:a', 'aac', '-b:a', '64k', '-ac', '1'],
    ...['-t', String(length), '-f', 'null', '-'],
  ])
  const inputs = ['-stream_loop', '-1', '-i', film, '-f', 'lavfi', '-i', `sine=sample_rate=${sampleRate}`]
  const { stderr } = spawnSync('ffmpeg', ['-hide_banner', '-nostdin', '-benchmark', ...inputs, ...each])
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr.toString()) ?? []
  if (user === undefined || system === undefined) throw new Error(`ffmpeg failed: ${stderr.toString()}`)
  return (Number(user) + Number(system)) / length
}

/** A picture in which much moves, with the noise of a camera. */
function makeFilm(path: string): void {
  const source = `testsrc2=s=1920x1080:r=${frameRate},noise=alls=6:allf=t`
  const { status, stderr } = spawnSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', source, '-t', String(filmed), '-pix_fmt', 'yuv420p', path],
  ])
  if (status !== 0) throw new Error(`ffmpeg made no film: ${stderr.toString()}`)
}

async function run(): Promise<Figure[]> {
  await buildWhatIsStale()
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-film-'))
  try {
    const film = join(folder, 'film.y4m')
    makeFilm(film)
    const measured: { ours: number; reference: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      const { cost, pictures, address } = await deskCost(film)
      const bare = await bareCost(film, address, pictures)
      const sizes = pictures.map(({ width, height }) => `${width}x${height}`).join(', ')
      console.log(
        `${sizes}: desk ${cost.toFixed(3)}, bare encoders ${bare.toFixed(3)}, camera alone ${(await bareCost(film, address, [])).toFixed(3)}, ` +
          `ffmpeg ${ffmpegCost(film, pictures).toFixed(3)} s of CPU a second; load average ${loadavg()[0]?.toFixed(1)}`,
      )
      measured.push({ ours: cost, reference: bare })
    }
    // The desk chooses its pictures by what its machine can do, so that rounds may differ in them.
    return measured.map((one, round) =>
      lessIsBetter(`CPU of the browser that transmits, for a second, round ${round + 1}`, { ...one, goal, unit: ' s' }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const bench: Bench = {
  name: 'encoder',
  description: 'the broadcast desk of the app, against the browser’s encoders alone with the same pictures',
  run,
}
