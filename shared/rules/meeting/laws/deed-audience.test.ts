import * as fc from 'fast-check'
import type { Constitution } from '../../../council/events/constitution.ts'
import { describe, expect, test } from 'vitest'
import type { Deed, MeetingEvent } from '../../../council/meeting-event.ts'
import { audienceOfDeed, audiencesOfBody, readersOfCircle } from '../deed-audience.ts'
import {
  chair,
  clerk,
  constitutionOf,
  history,
  items,
  members,
  persons,
  Writers,
} from '../testing/history.arbitrary.ts'
import { MeetingLog } from '../log.ts'
import { deedKinds, diceOf, makeDeed } from './deed.arbitrary.ts'

const [publicItem, closedItem] = [items[0]!, items[5]!]
const council = 'org-council'

/** A closed item is open, and one member is kept out of it. */
function closedMeeting(change: Partial<Constitution> = {}): Writers {
  const writers = new Writers()
  writers.do(clerk, { kind: 'meeting-prepared', constitution: constitutionOf(change) })
  for (const person of persons) writers.do(clerk, { kind: 'person-arrived', person, mode: 'room', by: 'list' })
  writers.do(chair, { kind: 'meeting-opened' })
  writers.do(members[4]!, { kind: 'conflict-declared', person: persons[4]!, item: closedItem, away: 'room' })
  writers.do(chair, { kind: 'part-closed' })
  writers.do(chair, { kind: 'item-opened', item: closedItem })
  return writers
}

describe('whatever is said of a closed item from which somebody is kept out', () => {
  const word = 'Qgeheimes Grundstückq'
  const { log } = closedMeeting()
  const withText: readonly Deed[] = [
    { kind: 'note-added', text: word, item: closedItem },
    { kind: 'note-added', text: word },
    { kind: 'item-deferred', item: closedItem, reason: word },
    { kind: 'item-withdrawn', item: closedItem, reason: word },
    ...([closedItem, null] as const).flatMap((item): Deed[] => [
      { kind: 'speech-requested', speech: 'speech:1', item, speaker: { guest: word }, form: 'speech', about: word },
      {
        ...{ kind: 'vote-opened', vote: 'vote:1', item, question: word, subject: 'resolution', majority: 'simple' },
        ...{ mode: 'hand', secret: false },
      },
    ]),
    { kind: 'motion-put', motion: 'motion:1', item: closedItem, form: 'main', persons: [], title: word, text: word },
    { kind: 'election-opened', election: 'election:1', item: closedItem, office: word, mode: 'paper' },
    { kind: 'candidate-nominated', election: 'election:9', candidate: { candidate: 'candidate:1', name: word } },
    { kind: 'called-to-order', person: persons[1]!, reason: word },
  ]

  test.each(withText.map((deed) => [deed.kind, deed] as const))('%s goes to its circle', (_kind, deed) => {
    expect(audienceOfDeed(log.state, deed)).toBe('circle-i5')
    expect(audiencesOfBody(log.state, { kind: 'corrected', replaces: 'event:x', instead: deed }, council)).toEqual([
      'circle-i5',
    ])
  })

  test('so do the deeds that follow from it, in every random meeting', () => {
    fc.assert(
      fc.property(history({ corrections: false }), fc.nat(), ({ meeting, events }, seed) => {
        const log = new MeetingLog(meeting)
        const dice = diceOf(seed)
        for (const event of events) {
          const { state } = log
          const deed = makeDeed(dice, dice.pick(deedKinds), state)
          const about = itemOf(deed, state)
          const entry = state.agenda.find(({ item }) => item === about)
          const audience = audienceOfDeed(state, deed)
          if (entry && !entry.public && entry.conflicts.length > 0) expect(audience).toBe(`circle-${about!.slice(12)}`)
          log.insert([event])
        }
      }),
    )
  })

  /** The item of a speech, motion, vote or election that a deed names. */
  function itemOf(deed: Deed, state: MeetingLog['state']): string | null | undefined {
    if ('vote' in deed && deed.kind !== 'vote-opened' && deed.kind !== 'part-closed' && !deed.kind.startsWith('item-'))
      return state.votes.get(deed.vote ?? '')?.item
    if ('motion' in deed && deed.kind === 'motion-withdrawn') return state.motions.get(deed.motion)?.item
    if ('election' in deed && deed.kind !== 'election-opened') return state.elections.get(deed.election)?.item
    if ('speech' in deed && deed.kind !== 'speech-requested') return state.speeches.get(deed.speech)?.item
    return undefined
  }

  test('who is kept out cannot read the circle, everybody else of the roster can', () => {
    expect(readersOfCircle(log.state, closedItem)).toEqual(persons.filter((person) => person !== persons[4]))
    expect(readersOfCircle(log.state, publicItem)).toEqual(persons)
  })

  test('a correction of it stays in the circle, whatever it puts in place', () => {
    const body = { kind: 'corrected', replaces: 'event:x', instead: { kind: 'meeting-paused' } } as const
    expect(audiencesOfBody(log.state, body, 'circle-i5')).toEqual(['circle-i5'])
  })
})

describe('what everybody has to know goes to the whole body', () => {
  const course: readonly Deed[] = [
    { kind: 'item-closed', item: closedItem },
    { kind: 'item-deferred', item: closedItem },
    { kind: 'part-opened' },
    { kind: 'person-left', person: persons[2]! },
    { kind: 'meeting-closed' },
    { kind: 'conflict-declared', person: persons[5]!, item: closedItem, away: 'room' },
    { kind: 'note-added', text: 'Öffentlich', item: publicItem },
  ]

  test.each(course.map((deed) => [deed.kind, deed] as const))('%s', (_kind, deed) => {
    expect(audienceOfDeed(closedMeeting().log.state, deed)).toBe(council)
  })

  test('and so does all that is said of a closed item that nobody is kept out of', () => {
    const writers = closedMeeting()
    writers.do(chair, { kind: 'conflict-lifted', person: persons[4]!, item: closedItem })
    expect(audienceOfDeed(writers.log.state, { kind: 'note-added', text: 'x', item: closedItem })).toBe(council)
  })
})

test('before the meeting is prepared only its preparation has an audience', () => {
  const { state } = new MeetingLog('meeting:k000z')
  expect(audienceOfDeed(state, { kind: 'meeting-opened' })).toBe(undefined)
  expect(audienceOfDeed(state, { kind: 'meeting-prepared', constitution: constitutionOf() })).toBe(council)
})

test('who cannot read the circle sees the same course, attendance and agenda', () => {
  const writers = closedMeeting()
  const hidden: MeetingEvent[] = []
  const write = (deed: Deed): void => {
    const inCircle = audienceOfDeed(writers.log.state, deed)?.startsWith('circle-') === true
    const event = writers.do(chair, deed)
    if (inCircle) hidden.push(event)
  }
  write({ kind: 'motion-put', motion: 'motion:1', item: closedItem, form: 'main', persons: [], title: 'Kauf' })
  write({
    ...{ kind: 'vote-opened', vote: 'vote:1', item: closedItem, motion: 'motion:1', question: 'Kauf?' },
    ...{ subject: 'resolution', majority: 'simple', mode: 'hand', secret: false },
  })
  write({ kind: 'votes-counted', vote: 'vote:1', tally: { yes: 5, no: 1, abstain: 0, invalid: 0 } })
  write({ kind: 'vote-closed', vote: 'vote:1' })
  write({ kind: 'item-closed', item: closedItem })
  write({ kind: 'part-opened' })
  write({ kind: 'meeting-closed' })
  const whole = writers.log.state
  const without = new MeetingLog('meeting:k000z')
  without.insert(writers.log.events.filter((event) => !hidden.includes(event)))
  expect(hidden.length).toBe(4)
  expect(whole.votes.get('vote:1')?.finding?.outcome).toBe('accepted')
  expect(without.state).toEqual({ ...whole, votes: new Map(), motions: new Map() })
})

test('a joint meeting can be written to by way of each of its bodies, a closed item by its circle alone', () => {
  const organizations = ['organization:council', 'organization:planning']
  const bodies = ['org-council', 'org-planning']
  const { state } = new MeetingLog('meeting:k000z')
  const constitution = constitutionOf({ organizations })
  expect(audiencesOfBody(state, { kind: 'meeting-prepared', constitution })).toEqual(bodies)
  const writers = closedMeeting({ organizations })
  const correction = { kind: 'corrected', replaces: 'event:x' } as const
  const { log } = writers
  expect(audiencesOfBody(log.state, { kind: 'meeting-paused' })).toEqual(bodies)
  expect(audiencesOfBody(log.state, correction)).toEqual(bodies)
  expect(audiencesOfBody(log.state, correction, 'org-planning')).toEqual(['org-planning'])
  const note = { kind: 'note-added', item: closedItem, text: 'Geheim' } as const
  expect(audiencesOfBody(log.state, note)).toEqual(['circle-i5'])
})
