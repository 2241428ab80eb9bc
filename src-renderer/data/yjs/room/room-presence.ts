import * as v from 'valibot'
import { inkColours } from '../../../../shared/council/board/element.ts'
import type { BoardPresence, LiveStroke, PersonHere } from '../board/index.ts'
import { bytesToJson, jsonToBytes } from './messages.ts'

const finite = v.pipe(v.number(), v.finite())
const point = v.pipe(
  v.tuple([finite, finite, finite]),
  v.transform(([x, y, pressure]) => ({ x, y, pressure })),
)
const colour = v.picklist(inkColours)
const stroke = v.object({
  id: v.pipe(v.string(), v.maxLength(64)),
  tool: v.picklist(['pen', 'marker', 'laser']),
  colour,
  thickness: finite,
  /** How many points the receiver has of it before these. */
  from: v.pipe(v.number(), v.integer(), v.minValue(0)),
  points: v.pipe(v.array(point), v.maxLength(5000)),
})
const glance = v.object({
  page: v.string(),
  colour,
  cursor: v.optional(v.object({ x: finite, y: finite })),
  view: v.optional(v.object({ x: finite, y: finite, zoom: finite, width: finite, height: finite })),
  isPresenting: v.optional(v.boolean()),
  strokes: v.pipe(v.array(stroke), v.maxLength(20)),
})
type Glance = v.InferOutput<typeof glance>

/** Points of one stroke that are kept of others; a longer one is shown when its author lifts the pen. */
const mostPoints = 20_000

interface Sending {
  /** Sends to everybody else. */
  glance(bytes: Uint8Array<ArrayBuffer>): void
  /** What is done is drawn with the next frame, and told with it. */
  nextFrame(tell: () => void): void
  /** The name that the hub vouches for. */
  nameOf(peer: number): string
}

/**
 * What the others do on a page right now, and what this window does. Of a stroke only the points that are new are sent,
 * once a frame; whoever misses some sees them with the next whole glance, or when the pen is lifted. Each peer has one
 * state, which goes with it: y-protocols' awareness binds states to numbers that anybody can write, and guesses by time
 * who is gone, where the hub knows.
 */
export class RoomPresence implements BoardPresence {
  readonly #page: string
  readonly #sending: Sending
  readonly #others = new Map<number, PersonHere>()
  #shown: ReadonlyMap<string, PersonHere> = new Map()
  readonly #observers = new Set<() => void>()
  #own: PersonHere | undefined
  /** Points that the others have of each stroke. */
  #told = new Map<string, number>()
  #isDue = false

  constructor(page: string, sending: Sending) {
    this.#page = page
    this.#sending = sending
  }

  get others(): ReadonlyMap<string, PersonHere> {
    return this.#shown
  }

  publish(change: Partial<PersonHere>): void {
    this.#own = { name: '', colour: 'black', strokes: [], ...this.#own, ...change }
    if (this.#isDue) return
    this.#isDue = true
    this.#sending.nextFrame(() => {
      this.#isDue = false
      this.#tell()
    })
  }

  observe(changed: () => void): () => void {
    this.#observers.add(changed)
    return () => this.#observers.delete(changed)
  }

  /** All that this window does, for somebody who comes; undefined while it does nothing. */
  whole(): Uint8Array<ArrayBuffer> | undefined {
    return this.#own && jsonToBytes(this.#glanceOf(this.#own, new Map()))
  }

  hear(peer: number, bytes: Uint8Array): void {
    const read = v.safeParse(glance, bytesToJson(bytes))
    if (!read.success) return
    if (read.output.page === this.#page) this.#others.set(peer, this.#merged(peer, read.output))
    else if (!this.#others.delete(peer)) return
    this.#notify()
  }

  left(peer: number): void {
    if (this.#others.delete(peer)) this.#notify()
  }

  clear(): void {
    this.#others.clear()
    this.#told.clear()
    this.#notify()
  }

  #tell(): void {
    if (!this.#own) return
    this.#sending.glance(jsonToBytes(this.#glanceOf(this.#own, this.#told)))
    this.#told = new Map(this.#own.strokes.map(({ id, points }) => [id, points.length]))
  }

  #glanceOf({ name: _, strokes, ...rest }: PersonHere, told: ReadonlyMap<string, number>): object {
    const lines = strokes.map(({ points, ...style }) => {
      const from = Math.min(told.get(style.id) ?? 0, points.length)
      const fresh = points.slice(from).map(({ x, y, pressure }) => [rounded(x), rounded(y), rounded(pressure)])
      return { ...style, from, points: fresh }
    })
    return { ...rest, page: this.#page, strokes: lines }
  }

  #merged(peer: number, { page: _, strokes, ...rest }: Glance): PersonHere {
    const before = this.#others.get(peer)?.strokes ?? []
    const lines = strokes.map(({ from, points, ...style }): LiveStroke => {
      const known = before.find(({ id }) => id === style.id)?.points ?? []
      return { ...style, points: [...known.slice(0, from), ...points].slice(0, mostPoints) }
    })
    return {
      ...(JSON.parse(JSON.stringify(rest)) as typeof rest),
      name: this.#sending.nameOf(peer),
      strokes: lines,
    } as PersonHere
  }

  #notify(): void {
    this.#shown = new Map([...this.#others].map(([peer, person]) => [String(peer), person]))
    for (const observer of this.#observers) observer()
  }
}

/** Hundredths: finer than what is shown. */
const rounded = (value: number): number => Math.round(value * 100) / 100
