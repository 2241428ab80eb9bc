import { Connection, type Tally } from './connection.ts'

/** A part by its numbers, as playlists and requests name it. */
export interface Place {
  readonly sequence: number
  readonly part: number
}

/** Where players find a transmission. */
export interface Source {
  readonly origin: string
  /** Path of the folder that holds master playlist and state. */
  readonly path: string
  /** Settles once a place is there, where requests for what is not there yet would not be kept waiting. */
  readonly reached?: (place: Place) => Promise<void>
}

export interface PlayerCount extends Tally {
  /** Parts that players have received. */
  parts: number
}

export const rendition = 'main'
export const partName = ({ sequence, part }: Place): string => `part-${sequence}-${part}.m4s`
/** The place that a playlist hints at. */
export function hintOf(playlist: string): Place {
  const [, sequence, part] = /TYPE=PART,URI="part-(\d+)-(\d+)\.m4s"/.exec(playlist) ?? []
  return { sequence: Number(sequence), part: Number(part) }
}
/** Parts that a playlist names, in order. */
export const placesIn = (playlist: string): Place[] =>
  [...playlist.matchAll(/PART:[^\n]*URI="part-(\d+)-(\d+)\.m4s"/g)].map(([, sequence, part]) => ({
    ...{ sequence: Number(sequence), part: Number(part) },
  }))
export const isBefore = (a: Place, b: Place): boolean =>
  a.sequence < b.sequence || (a.sequence === b.sequence && a.part < b.part)

/** The initialization segment of what a playlist ends with. */
export const initOf = (playlist: string): string => [...playlist.matchAll(/MAP:URI="([^"]+)"/g)].at(-1)?.[1] ?? ''

/** The watch page asks for the state every three seconds. */
const partsBetweenStates = 9

/**
 * What hls.js on the watch page asks for: master playlist, playlist, initialization segment and the newest segment; then
 * for each part a playlist that waits for it, and the part; now and then the state. Some ask for the part that the
 * playlist hints at beforehand, as Apple's players do.
 */
export class Player {
  readonly #source: Source
  readonly #asksAhead: boolean
  readonly #count: PlayerCount
  readonly #playlists: Connection
  readonly #media: Connection
  readonly #fail: (fault: unknown) => void
  #hasLeft = false

  /** @param onFault hears why it could not go on */
  constructor(source: Source, asksAhead: boolean, count: PlayerCount, onFault: (fault: unknown) => void) {
    this.#source = source
    this.#asksAhead = asksAhead
    this.#count = count
    this.#playlists = new Connection(source.origin, count)
    this.#media = new Connection(source.origin, count)
    this.#fail = (fault) => {
      if (!this.#hasLeft) onFault(fault)
    }
    this.#play().catch(this.#fail)
  }

  leave(): void {
    this.#hasLeft = true
    this.#playlists.leave()
    this.#media.leave()
  }

  async #play(): Promise<void> {
    const { path } = this.#source
    const at = (name: string): string => `${path}/${rendition}/${name}`
    await this.#playlists.get(`${path}/live.m3u8`)
    const first = await this.#playlists.get(at('live.m3u8'))
    const newest = [...first.matchAll(/^segment-\d+\.m4s$/gm)].at(-1)?.[0]
    await Promise.all([initOf(first), ...(newest ? [newest] : [])].map((name) => this.#media.get(at(name))))
    let next = hintOf(first)
    for (let turn = Math.floor(Math.random() * partsBetweenStates); ; turn += 1) {
      if (turn % partsBetweenStates === 0) await this.#media.get(`${path}/state`)
      next = await this.#playNext(next, at)
    }
  }

  /** Waits for a part and fetches it, with those that came besides; the place after them. */
  async #playNext(next: Place, at: (name: string) => string): Promise<Place> {
    const isThere = this.#source.reached?.(next)
    const ahead = this.#asksAhead ? this.#fetch(next, at, isThere) : undefined
    // Heard of below, once the playlist is here.
    ahead?.catch(() => undefined)
    await isThere
    const query = `?_HLS_msn=${next.sequence}&_HLS_part=${next.part}`
    const playlist = await this.#playlists.get(at(`live.m3u8${query}`))
    const hint = hintOf(playlist)
    const fetched = placesIn(playlist)
      .filter((place) => !isBefore(place, next) && isBefore(place, hint))
      .map((place) => (ahead && partName(place) === partName(next) ? ahead : this.#fetch(place, at)))
    // The next playlist is waited for while they come.
    for (const one of fetched) one.catch(this.#fail)
    if (fetched.length > 1) await Promise.all(fetched)
    return hint
  }

  async #fetch(place: Place, at: (name: string) => string, isThere?: Promise<void>): Promise<void> {
    await isThere
    await this.#media.get(at(partName(place)))
    this.#count.parts += 1
  }
}
