import { distance, type Point } from '../../../../shared/board/plane/box.ts'
import { toPage, panned, zoomed, type Camera } from './camera.ts'
import { PointerRules, type Landing } from './pointer-rules.ts'
import { pressureOf, type PressureUse } from './pressure.ts'
import type { Gesture, Sample, Tool } from './tool.ts'

/** What pointers act on. */
export interface PointerTarget {
  camera: Camera
  readonly tool: Tool
  /** Where the mouse is, in the page's units; undefined when it left. */
  point(at: Point | undefined): void
  /** Somebody moved the page with the hand. */
  steer(): void
}

const lineOfWheel = 16
const zoomPerPixel = 0.0022

/** Takes what pens, fingers, the mouse and the wheel do on an element. */
export class Pointers {
  readonly rules = new PointerRules()
  readonly pressure: PressureUse = { isOn: true, withTilt: true }
  readonly #element: HTMLElement
  readonly #target: PointerTarget
  readonly #gestures = new Map<number, Gesture>()
  readonly #positions = new Map<number, Point>()
  readonly #stop = new AbortController()

  constructor(element: HTMLElement, target: PointerTarget) {
    this.#element = element
    this.#target = target
    const { signal } = this.#stop
    const on = <Name extends keyof HTMLElementEventMap>(
      name: Name,
      listener: (event: HTMLElementEventMap[Name]) => void,
    ) => element.addEventListener(name, listener, { signal, passive: false })
    on('pointerdown', (event) => this.#down(event))
    on('pointermove', (event) => this.#move(event))
    on('pointerup', (event) => this.#lift(event, (gesture) => gesture.end()))
    on('pointercancel', (event) => this.#lift(event, (gesture) => gesture.cancel()))
    on('pointerleave', () => this.#hover(undefined))
    on('wheel', (event) => this.#wheel(event))
    on('contextmenu', (event) => event.preventDefault())
  }

  close(): void {
    this.#stop.abort()
    for (const gesture of this.#gestures.values()) gesture.cancel()
  }

  /** Somebody is drawing right now. */
  get isBusy(): boolean {
    return this.#gestures.size > 0
  }

  #down(event: PointerEvent): void {
    if (event.button > 1) return
    event.preventDefault()
    this.#element.focus({ preventScroll: true })
    this.#element.setPointerCapture(event.pointerId)
    const at = this.#inWindow(event)
    this.#positions.set(event.pointerId, at)
    const { role, stopped } = this.rules.land(this.#landing(event, at))
    for (const id of stopped) this.#cancel(id)
    if (role !== 'draw') return
    const gesture = this.#target.tool.begin({
      sample: this.#sample(event),
      type: typeOf(event),
      isAdding: event.shiftKey || event.ctrlKey || event.metaKey,
    })
    if (gesture) this.#gestures.set(event.pointerId, gesture)
  }

  #landing(event: PointerEvent, at: Point): Landing {
    const wantsToPan = event.button === 1 || this.#target.tool.isHand === true
    const extent = Math.max(event.width, event.height)
    return { id: event.pointerId, type: typeOf(event), at, time: event.timeStamp, extent, wantsToPan }
  }

  #move(event: PointerEvent): void {
    const at = this.#inWindow(event)
    if (event.pointerType !== 'touch') this.#hover(toPage(this.#target.camera, at))
    const before = this.#positions.get(event.pointerId)
    if (!before) return
    if (this.rules.move(event.pointerId, at, Math.max(event.width, event.height), event.timeStamp))
      this.#cancel(event.pointerId)
    if (this.rules.roleOf(event.pointerId) === 'navigate') this.#navigate(event.pointerId, at)
    this.#positions.set(event.pointerId, at)
    const gesture = this.#gestures.get(event.pointerId)
    if (!gesture) return
    const coalesced = event.getCoalescedEvents()
    const samples = (coalesced.length > 0 ? coalesced : [event]).map((part) => this.#sample(part))
    gesture.move(
      samples,
      event.getPredictedEvents().map((part) => this.#sample(part)),
    )
  }

  #lift(event: PointerEvent, finish: (gesture: Gesture) => void): void {
    const gesture = this.#gestures.get(event.pointerId)
    this.#gestures.delete(event.pointerId)
    this.#positions.delete(event.pointerId)
    this.rules.lift(event.pointerId, event.timeStamp)
    if (gesture) finish(gesture)
  }

  #cancel(id: number): void {
    this.#gestures.get(id)?.cancel()
    this.#gestures.delete(id)
  }

  /** Moves the page with one pointer; two of them zoom about the point between them. */
  #navigate(id: number, at: Point): void {
    const before = this.#positions.get(id)!
    const other = this.rules.navigating.find((candidate) => candidate !== id)
    const partner = other === undefined ? undefined : this.#positions.get(other)
    const by = { x: at.x - before.x, y: at.y - before.y }
    this.#target.steer()
    if (!partner) {
      this.#target.camera = panned(this.#target.camera, by)
      return
    }
    const middle = { x: (at.x + partner.x) / 2, y: (at.y + partner.y) / 2 }
    const moved = panned(this.#target.camera, { x: by.x / 2, y: by.y / 2 })
    const apart = distance(before, partner)
    this.#target.camera = apart < 1 ? moved : zoomed(moved, middle, distance(at, partner) / apart)
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    this.#target.steer()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineOfWheel : 1
    const [x, y] = [event.deltaX * unit, event.deltaY * unit]
    this.#target.camera =
      event.ctrlKey || event.metaKey
        ? zoomed(this.#target.camera, this.#inWindow(event), Math.exp(-y * zoomPerPixel * (Math.abs(y) < 30 ? 4 : 1)))
        : panned(this.#target.camera, event.shiftKey && x === 0 ? { x: -y, y: 0 } : { x: -x, y: -y })
  }

  #hover(at: Point | undefined): void {
    this.#target.point(at)
    this.#target.tool.hover?.(at)
  }

  #inWindow({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.#element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }

  #sample(event: PointerEvent): Sample {
    const at = toPage(this.#target.camera, this.#inWindow(event))
    return { ...at, pressure: pressureOf(event, this.pressure), time: event.timeStamp }
  }
}

const typeOf = ({ pointerType }: PointerEvent): Landing['type'] =>
  pointerType === 'pen' || pointerType === 'touch' ? pointerType : 'mouse'
