import { expect, test } from 'vitest'
import { PointerRules, type Landing } from './pointer-rules.ts'

const touch = (id: number, x: number, time: number, more: Partial<Landing> = {}): Landing => ({
  ...{ id, type: 'touch', at: { x, y: 100 }, time, extent: 16, wantsToPan: false },
  ...more,
})
const pen = (id: number, time: number): Landing => touch(id, 50, time, { type: 'pen', extent: 1 })

test('touches are the hand that holds the pen shortly before it, while it is down, and a while after', () => {
  const rules = new PointerRules()
  expect(rules.land(touch(1, 300, 0)).role).toBe('draw')
  expect(rules.land(pen(2, 200))).toEqual({ role: 'draw', stopped: [1] })
  expect(rules.roleOf(1)).toBe('ignore')
  expect(rules.land(touch(3, 700, 5000)).role).toBe('ignore')
  rules.lift(2, 6000)
  expect(rules.land(touch(4, 700, 6500)).role).toBe('ignore')
  expect(rules.land(touch(5, 700, 6800)).role).toBe('navigate')
})

test('several pens draw at once, and fingers of people at a board without pens', () => {
  const rules = new PointerRules()
  expect([rules.land(pen(1, 0)).role, rules.land(pen(2, 5)).role]).toEqual(['draw', 'draw'])
  const fingers = new PointerRules()
  expect(fingers.land(touch(1, 100, 0))).toEqual({ role: 'draw', stopped: [] })
  expect(fingers.land(touch(2, 2000, 20))).toEqual({ role: 'draw', stopped: [] })
  expect(fingers.land(touch(3, 140, 900))).toEqual({ role: 'draw', stopped: [] })
})

test('two fingers that land together pinch, and what the first one began is taken back', () => {
  const rules = new PointerRules()
  rules.land(touch(1, 100, 0))
  expect(rules.land(touch(2, 220, 90))).toEqual({ role: 'navigate', stopped: [1] })
  expect(rules.navigating).toEqual([1, 2])
  const late = new PointerRules()
  late.land(touch(1, 100, 0))
  late.move(1, { x: 160, y: 100 }, 16, 60)
  expect(late.land(touch(2, 220, 90)).role).toBe('draw')
})

test('palms draw nothing, also when they grow out of a fingertip', () => {
  const rules = new PointerRules()
  expect(rules.land(touch(1, 100, 0, { extent: 120 })).role).toBe('ignore')
  rules.land(touch(2, 400, 500))
  expect(rules.move(2, { x: 402, y: 101 }, 110, 520)).toBe(true)
  expect(rules.roleOf(2)).toBe('ignore')
})

test('fingers do what is set, whatever was seen', () => {
  const rules = new PointerRules()
  rules.fingers = 'pan'
  expect(rules.land(touch(1, 100, 0)).role).toBe('navigate')
  rules.lift(1, 10)
  rules.fingers = 'draw'
  rules.land(pen(2, 20))
  rules.lift(2, 30)
  expect(rules.land(touch(3, 100, 2000)).role).toBe('draw')
})
