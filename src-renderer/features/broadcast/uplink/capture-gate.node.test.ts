import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EncodedPart } from '../capture-contract.ts'
import { CaptureGate, type Opening, type Permission } from '../../../../shared/rules/broadcast/capture-gate.ts'
import { UploadQueue, type Sent } from './upload-queue.ts'

const partOf = (generation: number, from: number): EncodedPart => ({
  ...{
    generation,
    rendition: 'main',
    index: from / 320,
    from,
    to: from + 320,
    independent: true,
    lastOfSegment: false,
  },
  bytes: new Uint8Array(),
})

/** A camera, its gate and its queue, with a hub and a log that a test moves; time passes only when it says so. */
class Room {
  now = 0
  log = true
  held = false
  /** The hub's own gate; a permission is a copy of it, and may be delivered late. */
  hub = { epoch: 1, open: true }
  readonly answers: Permission[] = []
  /** Outputs that an encoder has not given yet. */
  readonly encoding: EncodedPart[] = []
  readonly sending: { part: EncodedPart; finish: (sent: Sent) => void; signal: AbortSignal }[] = []
  readonly left: { part: EncodedPart; at: number; opening: Opening | undefined; shut: number }[] = []
  readonly openings: Opening[] = []
  /** When anything here was last shut by log or hand. */
  shut = -1
  #wake: (() => void)[] = []

  readonly queue = new UploadQueue({
    lets: ({ generation }) => this.gate.lets(generation, this.now),
    isLate: ({ to }) => this.now - to > 5000,
    send: (part, signal) => {
      this.left.push({ part, at: this.now, opening: this.gate.opening, shut: this.shut })
      return new Promise((finish, fail) => {
        this.sending.push({ part, finish, signal })
        signal.addEventListener('abort', () => fail(new Error('aborted')))
      })
    },
    pause: (signal) =>
      new Promise((done) => {
        this.#wake.push(done)
        signal.addEventListener('abort', () => done())
      }),
  })
  readonly gate: CaptureGate = new CaptureGate({
    close: () => this.queue.clear(),
    open: (opening) => this.openings.push(opening),
  })

  constructor() {
    this.gate.logSays(true)
  }
  ask(): void {
    const { epoch, open } = this.hub
    this.answers.push({ stream: 'stream:1', epoch, until: this.now + 2500, ...(open ? { key: `key ${epoch}` } : {}) })
  }
  answer(which: number): void {
    const [permission] = this.answers.splice(which % Math.max(1, this.answers.length), 1)
    if (permission) this.gate.permit(permission)
  }
  say(isPublic: boolean): void {
    this.log = isPublic
    if (!isPublic) this.shut = this.now
    this.gate.logSays(isPublic)
  }
  hold(isHeld: boolean): void {
    this.held = isHeld
    if (isHeld) this.shut = this.now
    this.gate.hold(isHeld)
  }
  turnHub(): void {
    this.hub = this.hub.open ? { epoch: this.hub.epoch + 1, open: false } : { ...this.hub, open: true }
  }
  /** The camera films whenever an opening is on; what it films comes out of the encoder later. */
  film(): void {
    const { opening } = this.gate
    if (opening) this.encoding.push(partOf(opening.generation, this.now))
  }
  give(which: number): void {
    const [part] = this.encoding.splice(which % Math.max(1, this.encoding.length), 1)
    if (part && this.gate.keeps(part.generation)) this.queue.add(part)
  }
  async finish(sent: Sent): Promise<void> {
    this.sending.shift()?.finish(sent)
    for (const wake of this.#wake.splice(0)) wake()
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve()
  }
}

type Step = readonly [action: keyof typeof actions, amount: number]
const actions = {
  pass: (room: Room, ms: number) => void (room.now += ms),
  ask: (room: Room) => room.ask(),
  answer: (room: Room, which: number) => room.answer(which),
  renew: (room: Room) => {
    room.ask()
    room.answer(room.answers.length - 1)
  },
  log: (room: Room) => room.say(!room.log),
  hold: (room: Room) => room.hold(!room.held),
  hub: (room: Room) => room.turnHub(),
  film: (room: Room) => room.film(),
  give: (room: Room, which: number) => room.give(which),
  taken: (room: Room) => room.finish('taken'),
  lost: (room: Room) => room.finish('unreachable'),
  refused: (room: Room) => room.finish('refused'),
} as const

const names = Object.keys(actions) as (keyof typeof actions)[]
/** What happens all the time in a running broadcast, so that the rare things happen to one. */
const usual = ['renew', 'film', 'give', 'taken'] as const
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, fc.constantFrom(...names)), fc.nat(900)),
  { minLength: 40, maxLength: 200, size: 'max' },
)

async function play(script: readonly Step[]): Promise<Room> {
  const room = new Room()
  for (const [action, amount] of script) {
    room.now += 1
    await actions[action](room, amount)
  }
  return room
}

describe('the gate on the side of the camera', () => {
  it('lets nothing of an older generation leave, and nothing from before a close, in any order of events', async () => {
    let sent = 0
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const room = await play(script)
        sent += room.left.length
        for (const { part, opening, shut } of room.left) {
          expect(opening?.generation).toBe(part.generation)
          expect(part.from).toBeGreaterThan(shut)
        }
      }),
      { numRuns: 400 },
    )
    expect(sent, 'the orders of events let something through').toBeGreaterThan(200)
  })

  it('aborts what is on its way in the turn in which it closes', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('log', 'hand', 'epoch'), async (script, cause) => {
        const room = await play(script)
        const running = [...room.sending]
        if (cause === 'log') room.say(false)
        else if (cause === 'hand') room.hold(true)
        else room.gate.permit({ stream: 'stream:1', epoch: 1000, until: room.now + 2500 })
        expect(room.gate.opening).toBeUndefined()
        expect(room.queue.length).toBe(0)
        for (const { signal } of running) expect(signal.aborted).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('opens only while hub, log and hand all say so', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const room = await play(script)
        if (room.gate.opening) expect([room.log, room.held]).toEqual([true, false])
        const generations = room.openings.map(({ generation }) => generation)
        expect(generations).toEqual([...new Set(generations)].sort((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })

  it('sends nothing once its permission has lapsed, and goes on under the same epoch with what it kept', async () => {
    const room = new Room()
    room.ask()
    room.answer(0)
    room.now = 2500
    room.film()
    room.give(0)
    expect(room.left).toEqual([])
    expect(room.queue.length).toBe(1)
    room.ask()
    room.answer(0)
    await room.finish('taken')
    expect(room.left.map(({ part }) => part.from)).toEqual([2500])
    expect(room.openings).toHaveLength(1)
  })

  it('drops what it kept when the hub closed and opened again meanwhile', async () => {
    const room = new Room()
    room.ask()
    room.answer(0)
    room.now = 3000
    room.film()
    room.give(0)
    room.turnHub()
    room.turnHub()
    room.ask()
    room.answer(0)
    await room.finish('taken')
    expect(room.left).toEqual([])
    expect(room.openings.map(({ epoch }) => epoch)).toEqual([1, 2])
  })

  it('takes no permission that was given before the last that it heard of', () => {
    const room = new Room()
    room.ask()
    room.turnHub()
    room.ask()
    room.answer(1)
    room.answer(0)
    expect(room.gate.opening).toBeUndefined()
  })
})
