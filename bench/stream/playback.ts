import { rename, rm, writeFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { partSeconds, partsPerSegment } from '../../shared/council/broadcast.ts'
import { hintOf, initOf, isBefore, partName, placesIn, rendition, type Place } from './player.ts'

/** Parts that are there at once: two segments of them. */
const firstParts = 2 * partsPerSegment

/** What a hub said and gave, part by part. */
export interface Take {
  readonly master: string
  readonly state: string
  readonly init: { readonly name: string; readonly bytes: Buffer }
  readonly steps: readonly Step[]
}
/** What came at once: one part, or where the machine was busy several. */
export interface Step {
  readonly places: readonly Place[]
  readonly playlist: string
  /** Parts, and segments that they complete. */
  readonly files: readonly (readonly [name: string, bytes: Buffer])[]
}

const bytesOf = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer())
const textOf = async (url: string): Promise<string> => (await fetch(url)).text()

/** Writes down what a hub gives to whoever follows a transmission, for what lasts so many seconds when it is played. */
export async function takeDown(base: string, seconds: number): Promise<Take> {
  const at = (name: string): string => `${base}/${rendition}/${name}`
  const [master, state, first] = await Promise.all([`${base}/live.m3u8`, `${base}/state`, at('live.m3u8')].map(textOf))
  const name = initOf(first ?? '')
  const init = { name, bytes: await bytesOf(at(name)) }
  const steps: Step[] = []
  let next = hintOf(first ?? '')
  for (let taken = 0; taken < firstParts + seconds / partSeconds;) {
    const playlist = await textOf(at(`live.m3u8?_HLS_msn=${next.sequence}&_HLS_part=${next.part}`))
    const [begun, hint] = [next, hintOf(playlist)]
    const places = placesIn(playlist).filter((place) => !isBefore(place, begun) && isBefore(place, hint))
    const whole = [...new Set(places.map(({ sequence }) => sequence))].filter((sequence) => sequence < hint.sequence)
    const names = [...places.map(partName), ...whole.map((sequence) => `segment-${sequence}.m4s`)]
    const files = await Promise.all(names.map(async (file) => [file, await bytesOf(at(file))] as const))
    steps.push({ places, playlist, files })
    taken += places.length
    next = hint
  }
  return { master: master ?? '', state: state ?? '', init, steps }
}

/** Puts what was taken down into a folder again, at the same pace and under the same names. */
export class Playback {
  readonly #take: Take
  readonly #folder: string
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>()
  /** Whoever comes finds a whole segment. */
  readonly #begun = Promise.withResolvers<void>()
  #isOn = true
  readonly #ended: Promise<void>

  private constructor(take: Take, folder: string) {
    this.#take = take
    this.#folder = folder
    this.#ended = this.#play()
    // Heard of when it is stopped.
    this.#ended.catch(() => undefined)
  }

  /** Begins with the first segment that was complete. */
  static async begin(take: Take, folder: string): Promise<Playback> {
    await mkdir(join(folder, rendition), { recursive: true })
    await writeFile(join(folder, 'live.m3u8'), take.master)
    await writeFile(join(folder, 'state'), take.state)
    await writeFile(join(folder, rendition, take.init.name), take.init.bytes)
    const playback = new Playback(take, folder)
    await playback.#begun.promise
    return playback
  }

  /** Settles as soon as a part is there. */
  reached = (place: Place): Promise<void> => this.#at(place).promise

  stop = async (): Promise<void> => {
    this.#isOn = false
    await this.#ended
    await rm(this.#folder, { recursive: true, force: true })
  }

  #at(place: Place): PromiseWithResolvers<void> {
    const name = partName(place)
    const known = this.#waiting.get(name) ?? Promise.withResolvers<void>()
    this.#waiting.set(name, known)
    return known
  }

  async #play(): Promise<void> {
    const begun = Date.now()
    const folder = join(this.#folder, rendition)
    let parts = 0
    for (const { places, playlist, files } of this.#take.steps) {
      parts += places.length
      if (parts > firstParts) this.#begun.resolve()
      await setTimeout(Math.max(0, begun + (parts - firstParts) * partSeconds * 1000 - Date.now()))
      if (!this.#isOn) return
      for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
      await writeFile(join(folder, 'live.next'), playlist)
      await rename(join(folder, 'live.next'), join(folder, 'live.m3u8'))
      for (const place of places) this.#at(place).resolve()
    }
  }
}
