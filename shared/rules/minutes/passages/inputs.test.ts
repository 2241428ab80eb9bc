import { expect, test } from 'vitest'
import type { EventBody } from '../../../council/meeting-event.ts'
import { placeholders } from '../../../council/passage-text.ts'
import { reduceMeeting } from '../../meeting/log.ts'
import { storyOf } from '../../meeting/testing/story.suite.ts'
import { draftMinutes } from '../draft.ts'
import { constitution, item, mayor, people, person } from '../testing/council.suite.ts'
import { evening, meetingId, sourceOf } from '../testing/evening.suite.ts'
import { fillPassage, passageFiller } from './inputs.ts'

const everything = placeholders.map((name) => `${name}: {${name}}`).join('\n')

test('every placeholder is filled with what the log and the records say', () => {
  const source = { ...sourceOf(evening), clerk: 'Konrad Federkiel' }
  const draft = draftMinutes(source)!
  const fill = passageFiller(source)
  const of = (key: string) => fillPassage(everything, fill(draft.sections.find((section) => section.key === key)!))
  expect(of('opening').split('\n')).toEqual([
    `chair: ${source.state.constitution!.seats.find((seat) => seat.person === mayor)!.name}`,
    'clerk: Konrad Federkiel',
    `item: ${draft.sections.find(({ key }) => key === 'opening')!.heading}`,
    'time: 17:02',
    'date: Montag, 30. November 2026',
    `meeting: ${source.meeting.name}`,
    `organization: ${source.meeting.organization}`,
  ])
  const closed = draft.facts.find(({ key }) => key === 'end')!.value
  expect(closed).toContain(/time: (\S+)/.exec(of('close'))![1])
})

const deputy = person(0)
/** An item that begins in public and goes on behind closed doors, where somebody else presides. */
const evenings: [time: string, bodies: EventBody[]][] = [
  ['14:00', [{ kind: 'meeting-prepared', constitution }]],
  [
    '15:00',
    [mayor, ...people(0, 40)].map((who) => ({ kind: 'person-arrived', person: who, mode: 'room', by: 'list' })),
  ],
  ['17:00', [{ kind: 'meeting-opened' }]],
  ['17:10', [{ kind: 'item-opened', item: item(1) }]],
  ['17:20', [{ kind: 'part-closed' }]],
  ['17:30', [{ kind: 'presidency-handed', person: deputy, reason: 'Pause' }]],
  ['17:40', [{ kind: 'item-opened', item: item(2) }]],
  ['17:50', [{ kind: 'part-opened' }]],
  ['18:00', [{ kind: 'meeting-closed' }]],
]

test('a public section tells no time of the closed part, and names who presided then', () => {
  const events = evenings.flatMap(([time, bodies]) =>
    storyOf(meetingId, Date.parse(`2026-11-30T${time}:00+01:00`), bodies),
  )
  const state = reduceMeeting(meetingId, events)
  expect(state.refused).toEqual([])
  const fill = passageFiller({ ...sourceOf(events), state })
  const nameOf = (who: string) => constitution.seats.find((seat) => seat.person === who)!.name
  const number = (key: string) => key.slice('agenda-item:'.length)
  const at = (key: string, isPublic: boolean) => {
    const { time, chair } = fill({ key, heading: 'Item', public: isPublic })
    return [time, chair]
  }
  expect(at(`item:${number(item(1))}`, true)).toEqual(['17:10', nameOf(mayor)])
  expect(at(`item:${number(item(1))}:closed`, false)).toEqual(['17:20', nameOf(mayor)])
  expect(at(`item:${number(item(2))}`, true)).toEqual(['17:50', nameOf(deputy)])
  expect(at(`item:${number(item(2))}:closed`, false)).toEqual(['17:40', nameOf(deputy)])
  expect(at('close', true)).toEqual(['18:00', nameOf(deputy)])
  // While somebody writes in the meeting, it is the time on the clock.
  expect(fill({ key: 'opening', heading: '', public: true }, Date.parse('2026-11-30T17:35:00+01:00'))).toMatchObject({
    ...{ time: '17:35', chair: nameOf(deputy) },
  })
})
