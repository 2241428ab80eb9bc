import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** Milliseconds between two looks. */
const lookEvery = 100
/** Seconds in which a player finds its place, and which are not measured. */
const settling = 30
/** Seconds between two times at which a page tells what it saw. */
const askEvery = 5
/** A picture that stands for so many milliseconds has stalled: a dozen frames. */
const stall = 500

/** What somebody saw who watched a filmed clock. */
export interface SeenClock {
  /** Milliseconds from camera to picture, at moments evenly over the time. */
  readonly delays: readonly number[]
  readonly stalls: number
  /** Seconds that were measured, and the longest of them in a row without a stall. */
  readonly seconds: number
  readonly longest: number
}

interface Look {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Brightness along the row of squares. */
  readonly row: readonly number[]
}

const width = 640

interface FilmedClock {
  /** To be run in a page before everything else: its camera films a clock. */
  readonly filmClock: () => void
  readonly readClock: (width: number, height: number, bright: (x: number, y: number) => number) => number
}

/** The clock of the journeys. It is written for pages, with types that no other program of Node.js has. */
export const filmedClock = async (): Promise<FilmedClock> =>
  (await import(new URL('../../e2e/fixtures/filmed-clock.ts', import.meta.url).href)) as FilmedClock

/** Looks at the page's video from now on; inside the page. */
const lookOn = `(() => {
  globalThis.looks = []
  const context = new OffscreenCanvas(${width}, 20).getContext('2d', { willReadFrequently: true })
  setInterval(() => {
    const video = document.querySelector('video')
    if (!video || video.readyState < 2) return
    context.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 18, 0, 0, ${width}, 20)
    const { data } = context.getImageData(0, 10, ${width}, 1)
    looks.push({ at: Date.now(), row: Array.from({ length: ${width} }, (_, x) => data[x * 4 + 1]) })
  }, ${lookEvery})
})()`

/** Watches the clock in a page's video for a time, once the player has found its place. */
export async function watchClock(page: Page, seconds: number): Promise<SeenClock> {
  await page.locator('video').waitFor()
  await page.evaluate(lookOn)
  const { readClock } = await filmedClock()
  await setTimeout(settling * 1000)
  await page.evaluate('void looks.splice(0)')
  const seen: { at: number; clock: number }[] = []
  for (let passed = 0; passed < seconds; passed += askEvery) {
    await setTimeout(Math.min(askEvery, seconds - passed) * 1000)
    const told = await page.evaluate<Look[]>('looks.splice(0)')
    seen.push(...told.map(({ at, row }) => ({ at, clock: readClock(width, 360, (x) => row[x] ?? 0) })))
  }
  return judge(seen)
}

function judge(seen: readonly { readonly at: number; readonly clock: number }[]): SeenClock {
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last) throw new Error('No picture was to be seen.')
  const read = seen
    .map(({ at, clock }) => ({ at, clock, delay: (at % 2 ** 32) - clock }))
    .filter(({ delay }) => delay > 0 && delay < 120_000)
  if (read.length < seen.length * 0.98) throw new Error(`Of ${seen.length} pictures ${read.length} showed a clock.`)
  let [stalls, longest, since, changed] = [0, 0, first.at, first.at]
  for (const [index, { at, clock }] of read.entries()) {
    if (index > 0 && clock === read[index - 1]?.clock) continue
    if (at - changed >= stall && index > 0 && (read[index - 1]?.at ?? 0) - changed >= stall - lookEvery) {
      stalls += 1
      longest = Math.max(longest, changed - since)
      since = at
    }
    changed = at
  }
  const delays = read.map(({ delay }) => delay)
  const whole = (last.at - first.at) / 1000
  return { delays, stalls, seconds: whole, longest: stalls === 0 ? whole : Math.max(longest, last.at - since) / 1000 }
}
