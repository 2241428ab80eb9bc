import { expect, test } from 'vitest'
import type { MeetingEvent } from '../../../council/meeting-event.ts'
import { reduceMeeting } from '../../meeting/log.ts'
import { figuresOf, statisticCsv, termStatistic, type TermStatistic } from '../index.ts'
import { item, itemNames, person } from '../testing/council.suite.ts'
import { evening, meetingId } from '../testing/evening.suite.ts'

const isShown = (id: string): boolean => itemNames.get(id)?.shown === true
const statisticOf = (events: readonly MeetingEvent[], shown = isShown): TermStatistic =>
  termStatistic([figuresOf(reduceMeeting(meetingId, events), shown)])
const memberIn = ({ members }: TermStatistic, number: number) => members.find((one) => one.person === person(number))

const minutes = 60_000
const began = evening.findIndex(({ body }) => body.kind === 'part-closed')
const ended = evening.findIndex(({ body }) => body.kind === 'part-opened')

test('an evening from 17:02 to 20:04 with the doors closed from 19:30 to 20:01', () => {
  const statistic = statisticOf(evening)
  // Urgency, extension, the bridge and its delay, the budget, shade, deferral, the railway; lost were the delay, and the
  // shade by a tie.
  expect(statistic.votes.accepted + statistic.votes.rejected).toBe(8)
  expect(statistic.votes.rejected).toBe(2)
  // Public are 148 minutes until 19:30, and those from the second after 20:01 to 20:04.
  const whole = memberIn(statistic, 1)!
  expect(whole).toMatchObject({ meetings: 1, attended: 1, remotely: 0, speeches: 0 })
  expect(Math.round(whole.present / minutes)).toBe(151)
  expect(memberIn(statistic, 42)).toMatchObject({ attended: 1, remotely: 1 })
  expect(memberIn(statistic, 50)).toMatchObject({ meetings: 1, attended: 0, present: 0 })
  // Each of them had the floor for a second.
  expect([14, 3].map((number) => memberIn(statistic, number)!)).toMatchObject([
    { speeches: 1, spoken: 1000 },
    { speeches: 1, spoken: 1000 },
  ])
})

test('what is done behind closed doors changes no number', () => {
  const outside = evening.filter(
    ({ body }, place) =>
      place <= began || place >= ended || body.kind === 'person-left' || body.kind === 'person-arrived',
  )
  expect(evening.length - outside.length).toBeGreaterThan(8)
  expect(statisticOf(outside)).toEqual(statisticOf(evening))
  // Nor does it tell when in the closed part somebody left, whom nobody saw again.
  const [first] = evening.filter(({ body }, place) => place > began && body.kind === 'person-left')
  const earlier = evening.filter((event) => event !== first)
  const left = first?.body.kind === 'person-left' ? first.body.person : ''
  const others = ({ members }: TermStatistic) => members.filter((one) => one.person !== left)
  expect(others(statisticOf(earlier))).toEqual(others(statisticOf(evening)))
})

test('an item that not everybody may read any more is not counted, though the log says that it was public', () => {
  const hidden = statisticOf(evening, (id) => isShown(id) && id !== item(2))
  const before = statisticOf(evening)
  const { accepted, rejected } = before.votes
  expect(hidden.votes).toMatchObject({ accepted: accepted - 1, rejected: rejected - 1 })
  expect([14, 3].map((number) => memberIn(hidden, number)!.speeches)).toEqual([0, 0])
})

test('meetings add up, and the spreadsheet says what the screen says', () => {
  const one = figuresOf(reduceMeeting(meetingId, evening), isShown)
  const twice = termStatistic([one, one])
  expect(twice.meetings).toBe(2)
  expect(memberIn(twice, 1)!.present).toBe(2 * one.members.find((member) => member.person === person(1))!.present)
  const [header, ...rows] = statisticCsv(twice, 'de').trimEnd().split('\r\n')
  expect(header?.split(';')).toHaveLength(8)
  expect(rows).toHaveLength(53)
  const { name, faction } = memberIn(twice, 14)!
  expect(rows).toContain(`${name};${faction};2;2;0;301;2;0`)
  for (const secret of ['Geheim', 'Makler', '480.000', 'Eulenspiegel']) expect(rows.join()).not.toContain(secret)
})
