import { pictureOf } from '../../../../shared/council/broadcast.ts'
import { decode, decodePicture, type Decoded } from './marked-media.suite.ts'

interface SeenSegment {
  readonly init: string
  readonly run: number
  readonly parts: Map<string, Buffer>
  whole?: Buffer
}

const uriOf = (line: string): string => /URI="([^"]+)"/.exec(line)?.[1] ?? ''

/** Somebody who watches one rendition and keeps everything that is published, at every address at which it is. */
export class Watcher {
  readonly #base: string
  readonly #isSilent: boolean
  readonly #segments = new Map<number, SeenSegment>()
  readonly #inits = new Map<string, Buffer>()

  constructor(origin: string, key: string, rendition = 'high') {
    this.#base = `${origin}/broadcast/${key}/${rendition}/`
    this.#isSilent = pictureOf(rendition) === 'second'
  }

  async fetch(name: string): Promise<Buffer> {
    const answer = await fetch(this.#base + name)
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  }

  playlist = async (query = ''): Promise<string> => (await this.fetch(`live.m3u8${query}`)).toString()

  /** Fetches whatever the playlist names and was not fetched yet. */
  async collect(): Promise<string> {
    const text = await this.playlist()
    const lines = text.split('\n')
    const number = (tag: string): number => Number(lines.find((line) => line.startsWith(tag))?.split(':')[1])
    let [sequence, run, init] = [number('#EXT-X-MEDIA-SEQUENCE'), number('#EXT-X-DISCONTINUITY-SEQUENCE'), '']
    const segment = (): SeenSegment => {
      const known = this.#segments.get(sequence) ?? { init, run, parts: new Map<string, Buffer>() }
      this.#segments.set(sequence, known)
      return known
    }
    for (const [place, line] of lines.entries()) {
      if (line === '#EXT-X-DISCONTINUITY') run += 1
      else if (line.includes('GAP=YES')) continue
      else if (line.startsWith('#EXT-X-MAP')) {
        init = uriOf(line)
        if (!this.#inits.has(init)) this.#inits.set(init, await this.fetch(init))
      } else if (line.startsWith('#EXT-X-PART:')) {
        const { parts } = segment()
        if (!parts.has(uriOf(line))) parts.set(uriOf(line), await this.fetch(uriOf(line)))
      } else if (line !== '' && !line.startsWith('#')) {
        if (!lines.slice(place - 2, place).includes('#EXT-X-GAP')) segment().whole ??= await this.fetch(line)
        sequence += 1
      }
    }
    return text
  }

  /** Decodes everything that was fetched, run by run; of segments their parts as well as the whole. */
  async decoded(): Promise<Decoded> {
    let sum = nothing
    for (const segments of Map.groupBy([...this.#segments.values()], ({ run }) => run).values()) {
      sum = addUp(sum, await this.#decodeRun(segments, ({ parts }) => [...parts.values()]))
      sum = addUp(sum, await this.#decodeRun(segments, ({ whole }) => (whole ? [whole] : [])))
    }
    return sum
  }

  async #decodeRun(segments: readonly SeenSegment[], mediaOf: (segment: SeenSegment) => Buffer[]): Promise<Decoded> {
    const media = segments.flatMap(mediaOf)
    const init = this.#inits.get(segments[0]?.init ?? '')
    if (media.length === 0 || !init) return nothing
    const whole = Buffer.concat([init, ...media])
    return this.#isSilent ? { ...nothing, ...(await decodePicture(whole)) } : decode(whole)
  }
}

const nothing: Decoded = { open: 0, closed: 0, slate: 0, tones: { open: 0, closed: 0, silent: 0 } }

const addUp = (a: Decoded, b: Decoded): Decoded => ({
  ...{ open: a.open + b.open, closed: a.closed + b.closed, slate: a.slate + b.slate },
  tones: {
    ...{ open: a.tones.open + b.tones.open, closed: a.tones.closed + b.tones.closed },
    silent: a.tones.silent + b.tones.silent,
  },
})
