/** What the hub allows: to send what is captured under an epoch, until a moment. */
export interface Permission {
  readonly stream: string
  readonly epoch: number
  /** The key of the epoch; without one the hub's gate is closed. */
  readonly key?: string
  /** Machine time. */
  readonly until: number
}

/** One opening of the gate. Everything captured in it carries its generation. */
export interface Opening {
  readonly generation: number
  readonly stream: string
  readonly epoch: number
  readonly key: string
}

export interface GateEffects {
  /** Runs inside the call that closed: encoders, queues, uploads and tracks end before it returns. */
  close(): void
  /** Capture begins anew, from sources that are opened now. */
  open(opening: Opening): void
}

/**
 * The gate on the side of the camera. It needs all three to be open: the hub's permission, the meeting's log as this
 * device knows it, and the hand of whoever transmits. Whatever of them ends, it closes in the same turn, before any
 * message is sent; what was captured before never leaves, as its generation is over.
 *
 * A permission that merely lapses (the network is gone) sends nothing, and keeps what was captured under it: when the hub
 * answers with the same epoch, nothing was closed meanwhile, as every close begins a new one. Otherwise all of it goes.
 */
export class CaptureGate {
  readonly #effects: GateEffects
  #generation = 0
  #opening: Opening | undefined
  #permission: Permission | undefined
  #isPublic = false
  #isHeld = false

  constructor(effects: GateEffects) {
    this.#effects = effects
  }

  get opening(): Opening | undefined {
    return this.#opening
  }

  /** An answer of the hub. One of an epoch before the last that was heard of came late, and allows nothing. */
  permit(permission: Permission): void {
    if (permission.epoch < (this.#permission?.epoch ?? 0)) return
    this.#permission = permission
    this.#decide()
  }

  /** There is no transmission any more, or another one: nothing that was permitted holds. */
  forbid(): void {
    this.#permission = undefined
    this.#decide()
  }

  /** Whether the meeting's log says that the public is in. */
  logSays(isPublic: boolean): void {
    this.#isPublic = isPublic
    this.#decide()
  }

  /** Whoever transmits keeps it closed, or lets the log decide again. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.#decide()
  }

  /** Whether something captured under a generation may leave at this moment. */
  lets(generation: number, now: number): boolean {
    return this.keeps(generation) && now < (this.#permission?.until ?? 0)
  }

  /** Whether something captured under a generation may wait to leave. */
  keeps(generation: number): boolean {
    return this.#opening?.generation === generation
  }

  #decide(): void {
    const { stream, epoch, key } = this.#permission ?? {}
    const isOpen = key !== undefined && this.#isPublic && !this.#isHeld
    const before = this.#opening
    if (before && isOpen && before.epoch === epoch && before.stream === stream && before.key === key) return
    if (before) this.#close()
    if (isOpen && stream !== undefined && epoch !== undefined) this.#open({ stream, epoch, key })
  }

  #close(): void {
    this.#generation += 1
    this.#opening = undefined
    this.#effects.close()
  }

  #open(permitted: Omit<Opening, 'generation'>): void {
    this.#generation += 1
    this.#opening = { ...permitted, generation: this.#generation }
    this.#effects.open(this.#opening)
  }
}
