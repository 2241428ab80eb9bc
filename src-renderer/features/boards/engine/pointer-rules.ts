import { distance, type Point } from '../../../../shared/board/plane/box.ts'

/** What fingers do: `auto` lets them draw until a pen is seen, and pan from then on. */
export type FingerUse = 'auto' | 'draw' | 'pan'

/** What a pointer does on the board. */
export type PointerRole = 'draw' | 'navigate' | 'ignore'

/** A pointer that comes down; positions in CSS pixels, times in milliseconds. */
export interface Landing {
  readonly id: number
  readonly type: 'mouse' | 'pen' | 'touch'
  readonly at: Point
  readonly time: number
  /** Longer side of what touches the board, in CSS pixels. */
  readonly extent: number
  /** Middle button, or the tool for moving the page. */
  readonly wantsToPan: boolean
}

/** What has to happen when a pointer comes down. */
export interface Ruling {
  readonly role: PointerRole
  /** Pointers that were drawing and now are not: what they drew is taken back. */
  readonly stopped: readonly number[]
}

interface Down extends Landing {
  readonly role: PointerRole
  readonly moved: number
}

/** Two fingers that land within this time and distance of each other pinch; else two people draw. */
const pinch = { time: 180, distance: 640, moved: 14 }
/** A palm is larger than any finger. */
const palm = 70
/** Touches this long before and after a pen on the board are the hand that holds it. */
const hand = { before: 400, after: 700 }

/** Decides what each pointer means: several people and pens at once, palms, pinches. */
export class PointerRules {
  fingers: FingerUse = 'auto'
  readonly #down = new Map<number, Down>()
  #penSeen = false
  #penLast = -Infinity

  /** A pointer comes down. */
  land(landing: Landing): Ruling {
    const ruling = this.#judge(landing)
    for (const id of ruling.stopped) this.#down.set(id, { ...this.#down.get(id)!, role: 'navigate' })
    this.#down.set(landing.id, { ...landing, role: ruling.role, moved: 0 })
    return landing.type === 'pen' ? { ...ruling, stopped: this.#palmsOf(landing) } : ruling
  }

  /** A pointer moves; grown ones turn out to be palms. Says whether what it drew has to be taken back. */
  move(id: number, at: Point, extent: number, time: number): boolean {
    const down = this.#down.get(id)
    if (!down) return false
    if (down.type === 'pen') this.#penLast = time
    const isPalm = down.type === 'touch' && down.role === 'draw' && extent > palm
    const moved = Math.max(down.moved, distance(down.at, at))
    this.#down.set(id, { ...down, moved, role: isPalm ? 'ignore' : down.role })
    return isPalm
  }

  lift(id: number, time: number): void {
    if (this.#down.get(id)?.type === 'pen') this.#penLast = time
    this.#down.delete(id)
  }

  /** What a pointer is doing. */
  roleOf(id: number): PointerRole {
    return this.#down.get(id)?.role ?? 'ignore'
  }

  /** The pointers that move the page. */
  get navigating(): readonly number[] {
    return [...this.#down.values()].filter(({ role }) => role === 'navigate').map(({ id }) => id)
  }

  #judge({ type, at, time, extent, wantsToPan }: Landing): Ruling {
    if (type === 'pen') {
      this.#penSeen = true
      this.#penLast = time
    }
    if (wantsToPan) return { role: 'navigate', stopped: [] }
    if (type !== 'touch') return { role: 'draw', stopped: [] }
    if (extent > palm || this.#penIsNear(time)) return { role: 'ignore', stopped: [] }
    if (this.navigating.length > 0) return { role: 'navigate', stopped: [] }
    if (this.fingers === 'pan' || (this.fingers === 'auto' && this.#penSeen)) return { role: 'navigate', stopped: [] }
    const partner = [...this.#down.values()].find(
      (other) =>
        other.type === 'touch' &&
        other.role === 'draw' &&
        time - other.time <= pinch.time &&
        other.moved <= pinch.moved &&
        distance(other.at, at) <= pinch.distance,
    )
    return partner ? { role: 'navigate', stopped: [partner.id] } : { role: 'draw', stopped: [] }
  }

  #penIsNear(time: number): boolean {
    return [...this.#down.values()].some(({ type }) => type === 'pen') || time - this.#penLast <= hand.after
  }

  /** Touches that came just before a pen are its hand. */
  #palmsOf({ time }: Landing): number[] {
    const palms = [...this.#down.values()].filter((other) => other.type === 'touch' && time - other.time <= hand.before)
    for (const other of palms) this.#down.set(other.id, { ...other, role: 'ignore' })
    return palms.map(({ id }) => id)
  }
}
