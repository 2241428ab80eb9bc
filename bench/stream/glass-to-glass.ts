import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildWhatIsStale } from '../../scripts/start/build.ts'
import { broadcastPaths, type PublicBroadcast } from '../../shared/hub-api/broadcast.ts'
import { m } from '../../shared/i18n/index.ts'
import { fakeDevices } from '../../scripts/chromium.ts'
import { launchBrowser } from '../../src-renderer/data/testing/browser.suite.ts'
import { lessIsBetter, median, moreIsBetter, percentile, type Bench, type Figure } from '../figure.ts'
import { transmitFromDesk } from './desk.ts'
import { encodedOf, type Encoded } from './encoded.ts'
import { FfmpegHls } from './ffmpeg-hls.ts'
import { startFileServer, type FileServer } from './nginx.ts'
import { PlainHls } from './plain-hls.ts'
import { filmedClock, watchClock, type SeenClock } from './seen-clock.ts'
import { callCouncil, meetingKey, type CalledCouncil } from './transmission.ts'

/** Minutes for which ours is watched, and each reference at most. */
const minutes = Number(process.env['BENCH_MINUTES'] ?? 10)
const referenceMinutes = Math.min(2, minutes)
const goal = 5
/** As many as ffmpeg keeps in a playlist. */
const runningSegments = 5
/** Share of the p95 that the median has to be: the p95 lies a tenth above it at most. */
const steadiness = 0.91
const player = fileURLToPath(new URL('../../node_modules/hls.js/dist/hls.min.js', import.meta.url))
/** Any page with hls.js as it comes. */
const plainPage = `<!doctype html><meta charset="utf-8" /><video muted autoplay></video>
<script src="hls.min.js"></script>
<script>const hls = new Hls(); hls.attachMedia(document.querySelector('video')); hls.loadSource('live.m3u8')</script>`

/** A folder of the file server in which a page plays what is put beside it. */
async function makePage({ folder }: FileServer, name: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(path)
  await writeFile(join(path, 'index.html'), plainPage)
  await copyFile(player, join(path, 'hls.min.js'))
  return path
}

function tell(name: string, { delays, stalls, seconds }: SeenClock): void {
  console.log(
    `${name}: median ${(median(delays) / 1000).toFixed(2)} s, p95 ${(percentile(delays, 0.95) / 1000).toFixed(2)} s, ` +
      `${stalls} stalls in ${seconds.toFixed(0)} s; load average ${loadavg()[0]?.toFixed(1)}`,
  )
}

/** A browser of its own watches for some minutes; `open` leads it to the picture. */
async function watch(name: string, length: number, open: (page: Page) => Promise<unknown>): Promise<SeenClock> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ locale: 'de-DE', viewport: { width: 1366, height: 768 } })
    page.setDefaultTimeout(60_000)
    await open(page)
    const seen = await watchClock(page, length * 60)
    tell(name, seen)
    return seen
  } finally {
    await browser.close()
  }
}

/** Ours on the watch page, and the same bytes as plain HLS. */
async function watchOurs(camera: Browser, called: CalledCouncil, server: FileServer) {
  await transmitFromDesk(camera, called, (await filmedClock()).filmClock)
  const { address } = called.council.hub
  const ours = await watch('ours', minutes, async (page) => {
    await page.goto(`${address}/de${broadcastPaths.watch(meetingKey)}`)
    await page.getByRole('button', { name: m.watch_notice_accept() }).click()
  })
  const { renditions } = (await (await fetch(address + broadcastPaths.state(meetingKey))).json()) as PublicBroadcast
  const names = renditions.map(({ rendition }) => rendition)
  const plain = await PlainHls.begin(`${address}/broadcast/${meetingKey}`, await makePage(server, 'plain'), names)
  const reference = await watch('plain HLS', referenceMinutes, (page) =>
    openWhenRunning(page, server, 'plain/main/live.m3u8'),
  )
  await plain.stop()
  return { ours, plain: reference, renditions }
}

/** Opens the page once the stream runs as it does for whoever comes later: a player that has its beginning stays there. */
async function openWhenRunning(page: Page, { origin }: FileServer, playlist: string): Promise<void> {
  const segments = async (): Promise<number> =>
    (await (await fetch(`${origin}/${playlist}`)).text()).split('#EXTINF').length - 1
  while ((await segments()) < runningSegments) await page.waitForTimeout(200)
  await page.goto(`${origin}/${playlist.split('/')[0]}/index.html`)
}

async function watchFfmpeg(server: FileServer, pictures: readonly Encoded[]): Promise<SeenClock> {
  const stream = FfmpegHls.begin(await makePage(server, 'ffmpeg'), pictures)
  const seen = watch('ffmpeg’s HLS', referenceMinutes, (page) => openWhenRunning(page, server, 'ffmpeg/stream-0.m3u8'))
  return seen.finally(() => stream.stop())
}

const figuresOf = (ours: SeenClock, references: Readonly<Record<string, SeenClock>>): Figure[] => {
  const [middle, high] = [0.5, 0.95].map((share) => percentile(ours.delays, share) / 1000) as [number, number]
  return [
    ...Object.entries(references).flatMap(([name, { delays }]) => [
      lessIsBetter(`median, against ${name}`, { ours: middle, reference: median(delays) / 1000, goal, unit: ' s' }),
      lessIsBetter(`p95, against ${name}`, {
        ours: high,
        reference: percentile(delays, 0.95) / 1000,
        goal,
        unit: ' s',
      }),
    ]),
    lessIsBetter('p95, against its own median', { ours: high, reference: middle, goal: steadiness, unit: ' s' }),
    moreIsBetter('without a stall', { ours: ours.longest, reference: ours.seconds, goal: 1, unit: ' s' }),
  ]
}

async function run(): Promise<Figure[]> {
  await buildWhatIsStale()
  const [called, server, camera] = [await callCouncil(), await startFileServer(), await launchBrowser(fakeDevices)]
  try {
    const { ours, plain, renditions } = await watchOurs(camera, called, server)
    await camera.close()
    const pictures = encodedOf({ renditions })
    console.log(
      `encoded: ${pictures.map(({ width, height, bitrate }) => `${width}x${height} at ${bitrate}`).join(', ')}`,
    )
    const ffmpeg = await watchFfmpeg(server, pictures)
    return figuresOf(ours, { 'plain HLS of 2 s': plain, 'ffmpeg’s HLS': ffmpeg })
  } finally {
    await camera.close()
    await server.stop()
    await called.dissolve()
  }
}

export const bench: Bench = {
  name: 'P3',
  description: 'from the room to the screen of who watches, against plain HLS of 2 s and ffmpeg’s HLS',
  minutes: minutes + 2 * referenceMinutes + 6,
  run,
}
