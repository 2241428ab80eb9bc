import type { EventBody, MeetingEvent } from '../../shared/council/meeting-event.ts'
import { storyOf } from '../../shared/rules/meeting/testing/story.suite.ts'
import { constitutionOf, personAt } from '../../e2e/fixtures/meeting/small-council.ts'

const size = 53
const members = Array.from({ length: size }, (_, index) => personAt(index))

/** Somebody speaks: asks, begins and ends. */
function speech(item: string, number: number): EventBody[] {
  const id = `speech:${item.slice('agenda-item:'.length)}-${number}`
  const speaker = { person: members[(number * 7) % size] ?? '' }
  return [
    { kind: 'speech-requested', speech: id, item, speaker, form: 'speech' },
    { kind: 'speech-started', speech: id },
    { kind: 'speech-stopped', speech: id },
  ]
}

/** A vote by devices, whose ballots come in nine by nine. */
function deviceVote(item: string): EventBody[] {
  const vote = `vote:${item.slice('agenda-item:'.length)}`
  const ballots = members.map((person, index) => ({
    person,
    choice: index % 3 === 0 ? ('no' as const) : ('yes' as const),
  }))
  const received = Array.from({ length: 6 }, (_, batch): EventBody => ({
    ...{ kind: 'ballots-received', vote },
    ballots: members.slice(batch * 9, batch * 9 + 9).map((person) => ({ person })),
  }))
  return [
    {
      ...{ kind: 'vote-opened', vote, item, question: 'Shall it be so?', subject: 'resolution' },
      ...{ majority: 'simple', mode: 'devices', secret: false },
    },
    ...received,
    { kind: 'vote-closed', vote },
    { kind: 'vote-sealed', vote, ballots, digest: '0'.repeat(64) },
  ]
}

/** Everybody is called by name. */
function rollCall(item: string): EventBody[] {
  const vote = `vote:${item.slice('agenda-item:'.length)}-roll`
  return [
    {
      ...{ kind: 'vote-opened', vote, item, question: 'Shall it be so?', subject: 'resolution' },
      ...{ majority: 'statutory', mode: 'roll-call', secret: false },
    },
    ...members.map((person): EventBody => ({ kind: 'roll-called', vote, person, choice: 'yes' })),
    { kind: 'vote-closed', vote },
  ]
}

/** Events of an item beside its speeches, and of a speech. */
const [perItem, perSpeech] = [70, 3]

/**
 * A long evening of a council of 53: debates, votes by devices and by name, members who go and come back.
 *
 * @param count how many items it has; the speeches are shared out among them
 */
export function longMeeting(meeting: string, events: number, count = Math.ceil(events / 150)): MeetingEvent[] {
  const items = Array.from({ length: count }, (_, index) => `agenda-item:long${index}`)
  const speeches = Math.ceil((events / count - perItem) / perSpeech)
  const constitution = constitutionOf(size, items)
  const ordinary = {
    ...constitution,
    agenda: constitution.agenda.map((entry) => ({ ...entry, matter: 'ordinary' as const })),
  }
  const bodies: EventBody[] = [
    { kind: 'meeting-prepared', constitution: ordinary },
    ...members.map((person): EventBody => ({ kind: 'person-arrived', person, mode: 'room', by: 'list' })),
    { kind: 'meeting-opened' },
  ]
  for (const [index, item] of items.entries()) {
    bodies.push({ kind: 'item-opened', item })
    for (let number = 0; number < speeches; number += 1) bodies.push(...speech(item, number))
    const person = members[1 + (index % (size - 1))] ?? ''
    bodies.push({ kind: 'person-left', person }, { kind: 'person-arrived', person, mode: 'room', by: 'list' })
    bodies.push(...deviceVote(item), ...rollCall(item))
  }
  return storyOf(meeting, Date.UTC(2026, 4, 4, 8), bodies.slice(0, events))
}
