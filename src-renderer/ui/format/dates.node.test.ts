import { afterEach, expect, test } from 'vitest'
import { overwriteGetLocale, type Locale } from '../../../shared/i18n/index.ts'
import { dayOf, daysBetween, formatAgo, formatDay, formatDistance, formatInstant } from './dates.ts'
import { formatBytes } from './numbers.ts'
import { setTimeZone, timeZone } from './time-zone.ts'

const speak = (locale: Locale) => overwriteGetLocale(() => locale)
afterEach(() => speak('de'))

test('times are those of the town, across midnight and daylight saving', () => {
  speak('de')
  expect(
    ['2026-07-01T22:30:00Z', '2026-12-31T23:30:00Z', '2026-03-29T00:59:00Z'].map((at) => [
      dayOf(at),
      formatInstant(at, 'time'),
    ]),
  ).toEqual([
    ['2026-07-02', '00:30'],
    ['2027-01-01', '00:30'],
    ['2026-03-29', '01:59'],
  ])
})

test('a town elsewhere has a clock of its own', () => {
  const before = timeZone()
  setTimeZone('Atlantic/Azores')
  try {
    expect([dayOf('2026-07-01T23:30:00Z'), formatInstant('2026-07-01T23:30:00Z', 'time')]).toEqual([
      '2026-07-01',
      '23:30',
    ])
  } finally {
    setTimeZone(before)
  }
})

test('days and distances speak both languages', () => {
  const said = () => [
    formatDay('2026-05-04'),
    formatDistance(1),
    formatDistance(21),
    daysBetween('2026-02-27', '2026-03-02'),
  ]
  speak('de')
  expect(said()).toEqual(['4. Mai 2026', 'morgen', 'in 3 Wochen', 3])
  speak('en')
  expect(said()).toEqual(['4 May 2026', 'tomorrow', 'in 3 weeks', 3])
})

test('time passed is told in the largest fitting unit', () => {
  speak('en')
  const now = Date.parse('2026-05-04T12:00:00Z')
  expect(
    ['2026-05-04T11:59:00Z', '2026-05-04T09:00:00Z', '2026-05-01T12:00:00Z'].map((at) => formatAgo(at, now)),
  ).toEqual(['1 minute ago', '3 hours ago', '3 days ago'])
})

test('bytes in decimal units', () => {
  speak('en')
  expect([0, 999, 1500, 21_000, 3_800_000, 2e9, 5e12].map(formatBytes)).toEqual([
    '0 byte',
    '999 byte',
    '1.5 kB',
    '21 kB',
    '3.8 MB',
    '2 GB',
    '5,000 GB',
  ])
})
