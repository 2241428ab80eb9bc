import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartHead } from '../../council/broadcast-part.ts'
import { clockToleranceMs, leaseMs, liveAgeMs, partSeconds } from '../../council/broadcast.ts'
import { closedBecause, closedGate, judgePart, turn, type Arrival, type Gate, type GateFact } from './gate.ts'

const stream = 'stream:01J00000000000000000000000'
const opened = 1_000_000
const open = turn(closedGate(4), { kind: 'log', public: true, consent: true }, opened)
const now = opened + 10_000
const partMs = partSeconds * 1000

const headAt = (from: number, more: Partial<PartHead> = {}): PartHead => ({
  ...{ stream, epoch: open.epoch, rendition: 'high', sequence: 7, duration: partSeconds },
  ...{ captured: { from, to: from + partMs }, independent: true, last: false, ...more },
})
const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  ...{ gate: open, stream, leased: now - 1000, newest: undefined, isTaken: false, now, ...more },
})
const fresh = headAt(now - 500)

describe('a part', () => {
  it('is shown when everything about it is proven', () => {
    expect(judgePart(fresh, arrival())).toBe('live')
    const before = headAt(now - 500 - partMs, { sequence: 6 })
    expect(judgePart({ ...fresh, independent: false }, arrival({ newest: before }))).toBe('live')
  })

  it.each<[string, PartHead, Partial<Arrival>]>([
    ['closed', fresh, { gate: turn(open, { kind: 'direct', closed: true }, now - 1) }],
    ['stream', { ...fresh, stream: 'stream:01J00000000000000000000001' }, {}],
    ['stream', fresh, { stream: undefined }],
    ['epoch', { ...fresh, epoch: open.epoch - 1 }, {}],
    ['epoch', { ...fresh, epoch: open.epoch + 1 }, {}],
    ['lease', fresh, { leased: now - leaseMs - 1 }],
    ['lease', fresh, { leased: undefined }],
    ['interval', headAt(opened - 1), {}],
    ['interval', headAt(now - partMs + clockToleranceMs + 1), {}],
    ['interval', { ...fresh, captured: { from: now - 50, to: now } }, {}],
    ['interval', fresh, { newest: headAt(now - 400, { sequence: 6 }) }],
    ['sequence', fresh, { isTaken: true }],
    ['malformed', { ...fresh, independent: false }, {}],
    ['malformed', { ...fresh, independent: false }, { newest: headAt(now - 2000, { sequence: 5 }) }],
    ['malformed', { ...fresh, independent: false }, { newest: headAt(now - 1000, { sequence: 6, last: true }) }],
  ])('is refused: %s', (reason, head, more) => {
    expect(judgePart(head, arrival(more))).toBe(reason)
  })

  it('may overlap the one before where its stream cannot tell exactly, and is judged by all of its interval', () => {
    const wide = headAt(now - 3000, { captured: { from: now - 3000, to: now - 100 } })
    const newest = headAt(now - 3320, { captured: { from: now - 3320, to: now - 420 }, sequence: 6 })
    expect(judgePart(wide, arrival({ newest }))).toBe('interval')
    expect(judgePart(wide, arrival({ newest, overlap: 3000 }))).toBe('live')
    const reopened = { ...open, since: now - 2999 }
    expect(judgePart(wide, arrival({ newest, overlap: 3000, gate: reopened }))).toBe('interval')
  })

  it('is for the recording alone when it is old or newer ones were shown', () => {
    expect(judgePart(headAt(now - liveAgeMs - partMs - 1), arrival())).toBe('late')
    expect(judgePart(fresh, arrival({ newest: headAt(now - 400, { sequence: 9 }) }))).toBe('late')
  })
})

const facts = fc.oneof(
  fc
    .tuple(fc.boolean(), fc.boolean())
    .map(([isPublic, consent]): GateFact => ({ kind: 'log', public: isPublic, consent })),
  fc.boolean().map((closed): GateFact => ({ kind: 'direct', closed })),
  fc.boolean().map((ended): GateFact => ({ kind: 'ended', ended })),
)

describe('the gate', () => {
  it('is open only while the log says so, nobody closed it directly and it has not ended', () => {
    fc.assert(
      fc.property(fc.array(facts), (list) => {
        let gate: Gate = closedGate(0)
        list.forEach((fact, at) => {
          const before = gate
          gate = turn(gate, fact, at)
          expect(gate.since !== undefined).toBe(closedBecause(gate).length === 0)
          // Each close has its own epoch, and nothing else changes it.
          const isClose = before.since !== undefined && gate.since === undefined
          expect(gate.epoch).toBe(before.epoch + (isClose ? 1 : 0))
        })
      }),
    )
  })

  it('takes nothing that was captured before it opened, however clocks go', () => {
    fc.assert(
      fc.property(
        fc.array(facts),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 0, max: 40 }),
        (list, skew, epoch) => {
          let gate: Gate = closedGate(0)
          let since = Infinity
          list.forEach((fact, step) => {
            const at = step * 1000
            gate = turn(gate, fact, at)
            since = gate.since === undefined ? Infinity : Math.min(since, at)
            const head = headAt(at - 700 + skew * 100, { epoch })
            const verdict = judgePart(head, arrival({ gate, leased: at, now: at }))
            if (verdict === 'live' || verdict === 'late') {
              expect(head.captured.from).toBeGreaterThanOrEqual(since)
              expect(head.epoch).toBe(gate.epoch)
            }
          })
        },
      ),
    )
  })
})
