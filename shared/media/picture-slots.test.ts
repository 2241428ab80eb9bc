import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slotsToEncode } from './picture-slots.ts'

it('encodes every frame of a machine that keeps up', () => {
  expect([0, 1, 2, 3].map((now) => slotsToEncode(now - 1, now, false))).toEqual([[0], [1], [2], [3]])
  expect(slotsToEncode(5, 5, false)).toEqual([])
})

it('leaves frames out when the encoder is busy or the tick came late, but none that begins a part', () => {
  expect(slotsToEncode(4, 5, true)).toEqual([])
  expect(slotsToEncode(7, 8, true)).toEqual([8])
  expect(slotsToEncode(6, 26, false)).toEqual([8, 16, 24, 26])
})

it('gives every part its first frame, however late the machine is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean()), { maxLength: 50 }), (ticks) => {
      let now = -1
      const encoded: number[] = []
      for (const [step, busy] of ticks) {
        encoded.push(...slotsToEncode(now, now + step, busy))
        now += step
      }
      const starts = Array.from({ length: Math.floor(now / 8) + 1 }, (_, part) => part * 8)
      expect(encoded.filter((slot) => slot % 8 === 0)).toEqual(now < 0 ? [] : starts)
    }),
  )
})
