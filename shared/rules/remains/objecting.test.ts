import { expect, test } from 'vitest'
import { lastObjectionDay } from '../deadline.ts'
import { ruleSet } from '../law/index.ts'
import { handedOutAt, isTooLate, objectionLimit } from './objecting.ts'

const rheinlandPfalz = ruleSet('de-rp-2024')!
const bayern = ruleSet('de-by-2024')!
const handedOut = '2026-12-20T10:00:00Z'
const since = { handedOut, over: [], today: '2026-12-20' }

test('by the law of Rheinland-Pfalz until the next meeting is over that began after the members had the minutes', () => {
  const limit = objectionLimit(rheinlandPfalz, { objectionsUntil: '2026-12-21' })
  expect(limit).toEqual({ by: 'next-meeting', source: { law: 'GemO', place: '§ 41 Abs. 3' } })
  expect(isTooLate(limit, { ...since, today: '2031-01-01' })).toBe(false)
  expect(isTooLate(limit, { ...since, over: ['2026-12-19T17:00:00Z'] })).toBe(false)
  // An offset is no other instant: it begins at 9:30 by the clock of Greenwich.
  expect(isTooLate(limit, { ...since, over: ['2026-12-20T10:30:00+01:00'] })).toBe(false)
  expect(isTooLate(limit, { ...since, over: ['2026-12-19T17:00:00Z', '2027-01-12T17:00:00Z'] })).toBe(true)
})

test('where the law says nothing, by the town’s rules of procedure, the last day counted in', () => {
  expect([lastObjectionDay(bayern, '2026-12-20', 14), lastObjectionDay(bayern, '2026-12-20', undefined)]).toEqual([
    '2027-01-03',
    undefined,
  ])
  expect(lastObjectionDay(rheinlandPfalz, '2026-12-20', 14)).toBeUndefined()
  const limit = objectionLimit(bayern, { objectionsUntil: '2027-01-03' })
  const days = ['2027-01-03', '2027-01-04']
  expect(days.map((today) => isTooLate(limit, { ...since, today }))).toEqual([false, true])
  expect(isTooLate(limit, { ...since, over: ['2026-12-22T17:00:00Z'] })).toBe(false)
})

test('where neither says anything, never', () => {
  expect(objectionLimit(bayern, {})).toBeUndefined()
  expect(isTooLate(undefined, { ...since, over: ['2030-01-01T17:00:00Z'], today: '2031-01-01' })).toBe(false)
})

test('the members have minutes from the second signature on', () => {
  const signOffs = [
    { by: 'chair', name: 'A', at: '2026-12-20T10:00:00+01:00' },
    { by: 'clerk', name: 'B', at: '2026-12-20T08:59:00Z' },
  ] as const
  expect(handedOutAt({ state: 'published', signOffs: [...signOffs] })).toBe('2026-12-20T10:00:00+01:00')
  expect(handedOutAt({ state: 'presented', signOffs: [...signOffs] })).toBeUndefined()
})
