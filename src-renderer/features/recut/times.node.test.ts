import { expect, it } from 'vitest'
import { readTime, timeText } from './times.ts'

it('a time is read as it is written, and in shorter ways', () => {
  expect([0, 750_500, 3_723_000].map(timeText)).toEqual(['0:00:00.0', '0:12:30.5', '1:02:03.0'])
  for (const time of [0, 750_500, 3_723_000]) expect(readTime(timeText(time))).toBe(time)
  expect(['12:30,5', '7', ' 1:02:03 ', '0:75', 'x', '', '-1', '1:2:3:4'].map(readTime)).toEqual([
    ...[750_500, 7000, 3_723_000, undefined],
    ...[undefined, undefined, undefined, undefined],
  ])
})
