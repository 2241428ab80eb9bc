import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The same stream without anything of low latency: whole segments, and a playlist of them. */
const plainOf = (playlist: string): string =>
  playlist
    .slice(0, playlist.search(/(?<=segment-\d+\.m4s\n)(?![\s\S]*segment-)/))
    .replaceAll(/^#EXT-X-(?:SERVER-CONTROL|PART|PART-INF|PRELOAD-HINT|RENDITION-REPORT):.*\n/gm, '')

const namesIn = (playlist: string): string[] => [
  ...[...playlist.matchAll(/MAP:URI="([^"]+)"/g)].map(([, name]) => name ?? ''),
  ...[...playlist.matchAll(/^segment-\d+\.m4s$/gm)].map(([name]) => name),
]

/** Writes what a transmission of ours shows as plain HLS into a folder, until it is stopped. */
export class PlainHls {
  readonly #base: string
  readonly #folder: string
  #isOn = true
  readonly #ended: Promise<unknown>

  /** @param base address of the folder in which the master playlist lies */
  static async begin(base: string, folder: string, renditions: readonly string[]): Promise<PlainHls> {
    for (const rendition of renditions) await mkdir(join(folder, rendition), { recursive: true })
    await writeFile(join(folder, 'live.m3u8'), await bytesOf(`${base}/live.m3u8`))
    return new PlainHls(base, folder, renditions)
  }

  private constructor(base: string, folder: string, renditions: readonly string[]) {
    this.#base = base
    this.#folder = folder
    this.#ended = Promise.all(renditions.map((rendition) => this.#follow(rendition)))
    // Heard of when it is stopped.
    this.#ended.catch(() => undefined)
  }

  async stop(): Promise<void> {
    this.#isOn = false
    await this.#ended
  }

  async #follow(rendition: string): Promise<void> {
    const known = new Set<string>()
    for (let query = ''; this.#isOn;) {
      const playlist = (await bytesOf(`${this.#base}/${rendition}/live.m3u8${query}`)).toString()
      const plain = plainOf(playlist)
      const names = namesIn(plain)
      for (const name of names.filter((one) => !known.has(one))) {
        await this.#put(rendition, name, await bytesOf(`${this.#base}/${rendition}/${name}`))
        known.add(name)
      }
      await this.#put(rendition, 'live.m3u8', plain)
      // Settles with the segment that is growing now.
      query = `?_HLS_msn=${Number(/segment-(\d+)/.exec(names.at(-1) ?? '')?.[1]) + 1}`
    }
  }

  async #put(rendition: string, name: string, content: string | Buffer): Promise<void> {
    const path = join(this.#folder, rendition, name)
    await writeFile(`${path}.next`, content)
    await rename(`${path}.next`, path)
  }
}

async function bytesOf(url: string): Promise<Buffer> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return Buffer.from(await answer.arrayBuffer())
}
