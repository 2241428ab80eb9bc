import { ulid } from 'ulid'
import { extentOf } from '../../../../shared/board/elements/extent.ts'
import { recognise } from '../../../../shared/board/recognition/recognise.ts'
import { distance, type Point } from '../../../../shared/board/plane/box.ts'
import { unmoved } from '../../../../shared/council/board/element.ts'
import { packInk, type InkPoint } from '../../../../shared/council/board/ink.ts'
import type { Gesture, Sample, Tool, Touchdown } from '../engine/tool.ts'
import { alongRuler, fromRuler } from './ruler.ts'
import type { Draft, Workbench } from './workbench.ts'

/** The pen rests this long (milliseconds), within this many CSS pixels, before a form is made of the stroke. */
const rest = { time: 550, reach: 5 }
/** Within this many CSS pixels of the ruler a stroke follows it. */
const rulerReach = 28

/** Pen and marker. */
export function inkTool(bench: Workbench, tool: 'pen' | 'marker'): Tool {
  return { cursor: 'crosshair', begin: (down) => new InkGesture(bench, tool, down) }
}

class InkGesture implements Gesture {
  readonly #id = ulid()
  readonly #bench: Workbench
  readonly #tool: 'pen' | 'marker'
  readonly #points: InkPoint[] = []
  readonly #isRuled: boolean
  #resting: Sample
  #timer: ReturnType<typeof setTimeout> | undefined
  #form: Draft | undefined

  constructor(bench: Workbench, tool: 'pen' | 'marker', { sample }: Touchdown) {
    this.#bench = bench
    this.#tool = tool
    this.#resting = sample
    this.#isRuled = bench.ruler !== undefined && fromRuler(bench.ruler, sample) <= bench.units(rulerReach)
    this.#take(sample)
    this.#show([])
  }

  move(samples: readonly Sample[], predicted: readonly Sample[]): void {
    const last = samples.at(-1)!
    if (distance(last, this.#resting) > this.#bench.units(rest.reach)) {
      this.#form = undefined
      this.#bench.engine.live.items.delete(`${this.#id} form`)
      this.#rest(last)
    }
    if (this.#form) return
    for (const sample of samples) this.#take(sample)
    this.#show(predicted)
  }

  end(): void {
    this.#clear()
    const { style } = this.#bench
    if (this.#form) return void this.#bench.add(this.#form, this.#id)
    const thickness = style[this.#tool]
    const ink = packInk(this.#points)
    const look = { tool: this.#tool, colour: style.colour, thickness }
    this.#bench.add({ kind: 'stroke', place: unmoved, ...look, ink }, this.#id)
  }

  cancel(): void {
    this.#clear()
  }

  #clear(): void {
    clearTimeout(this.#timer)
    this.#bench.engine.live.items.delete(`${this.#id} form`)
    this.#bench.show(this.#id, undefined)
  }

  #take({ x, y, pressure }: Sample): void {
    const point = { x, y, pressure }
    this.#points.push(this.#isRuled && this.#bench.ruler ? alongRuler(this.#bench.ruler, point) : point)
  }

  #show(predicted: readonly Sample[]): void {
    const { style } = this.#bench
    const stroke = { id: this.#id, tool: this.#tool, colour: style.colour, thickness: style[this.#tool] }
    this.#bench.show(this.#id, { ...stroke, points: this.#points }, this.#isRuled ? [] : predicted)
  }

  #rest(at: Sample): void {
    this.#resting = at
    clearTimeout(this.#timer)
    if (this.#bench.recognises && !this.#isRuled) this.#timer = setTimeout(() => this.#recognise(), rest.time)
  }

  #recognise(): void {
    this.#form = formOf(this.#points, this.#bench)
    if (!this.#form) return
    const { engine } = this.#bench
    const element = this.#bench.finish(this.#form, this.#id)
    this.#bench.show(this.#id, undefined)
    const box = extentOf(element, engine.scene.lookup)
    if (box) engine.live.items.set(`${this.#id} form`, { kind: 'elements', elements: [element], box })
  }
}

/** The element that a stroke was meant to be. */
function formOf(points: readonly InkPoint[], { style }: Workbench): Draft | undefined {
  const found = recognise(points)
  const look = { colour: style.colour, thickness: style.pen }
  if (!found) return undefined
  if (found.kind !== 'shape')
    return { kind: 'line', from: endAt(found.from), to: endAt(found.to), ...look, hasHead: found.kind === 'arrow' }
  const { form, x, y, angle, width, height } = found
  return { kind: 'shape', form, place: { x, y, angle, scale: 1 }, width, height, ...look, isFilled: false, text: '' }
}

/** Where a line ends; a point of ink has a pressure besides, which no end has. */
const endAt = ({ x, y }: Point): Point => ({ x, y })
