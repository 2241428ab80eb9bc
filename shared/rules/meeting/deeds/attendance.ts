import type { Author } from '../../../council/meeting-event.ts'
import type { Attendance, Instant, MeetingState } from '../state.ts'
import { byPerson, byPresidents, fromPrepared, isHub, presides, type DeedRules, type Judgement } from './deed-rule.ts'
import { itemOf, rulesOf, seatsOf, type Draft } from './draft.ts'
import { stopSpeaking, withdrawRequests } from './floor.ts'
import { removeFromOpenVotes } from './vote-state.ts'

const ofPerson = byPerson<{ readonly person: string }>(({ person }) => person)

/** The hub sees connections and checks codes of presence itself. */
const orHub =
  (may: typeof ofPerson) =>
  (state: MeetingState, author: Author, deed: { readonly person: string }): Judgement =>
    isHub(author) ? undefined : may(state, author, deed)

const mayArrive = (
  state: MeetingState,
  author: Author,
  deed: { readonly person: string; readonly by: string },
): Judgement => {
  if (isHub(author)) return deed.by === 'code' ? undefined : 'not-allowed'
  // Persons say for themselves that they came; that they were seen, or gave back the code, others say of them.
  if (!presides(state, author) && deed.by !== 'self') return 'not-allowed'
  return ofPerson(state, author, deed)
}

const never = (person: string): Attendance => ({
  person,
  mode: 'room',
  here: false,
  cutOff: false,
  stays: [],
  callsToOrder: 0,
  excluded: false,
})

const endStay = (attendance: Attendance, at: Instant): Attendance['stays'] =>
  attendance.stays.map((stay) => (stay.to === undefined ? { ...stay, to: at } : stay))

/** Ends the stay of a person: who left neither speaks nor presides. What they asked to say waits for them. */
export function leave(draft: Draft, attendance: Attendance, at: Instant): void {
  const { person } = attendance
  draft.put('attendance', person, { ...attendance, here: false, cutOff: false, stays: endStay(attendance, at) })
  stopSpeaking(draft, person, at)
  if (draft.state.presiding === person) draft.set('presiding', undefined)
}

/** Every stay ends with the meeting; `here` goes on to say who was there at the end. */
export function endStays(draft: Draft, at: Instant): void {
  for (const attendance of draft.state.attendance.values())
    if (attendance.here) draft.put('attendance', attendance.person, { ...attendance, stays: endStay(attendance, at) })
}

/** Whether who presides has to be in the room (GemO RLP §35a). */
export const chairBelongsInRoom = (state: MeetingState): boolean =>
  state.constitution?.hybrid === true && rulesOf(state).hybrid?.chairInRoom === true

/** Whether a person is where one can preside from. */
export const canTakeChair = (state: MeetingState, person: string): boolean => {
  const attendance = state.attendance.get(person)
  return attendance?.here === true && (attendance.mode === 'room' || !chairBelongsInRoom(state))
}

function changeMode(draft: Draft, person: string, mode: 'room' | 'remote', at: Instant): Judgement {
  const { state } = draft
  const before = state.attendance.get(person) ?? never(person)
  if (before.excluded) return 'not-entitled'
  if (mode === 'remote' && !(state.constitution?.hybrid && rulesOf(state).hybrid?.allowed)) return 'rules-forbid'
  if (before.here && before.mode === mode && !before.cutOff) return 'no-effect'
  const stays = before.here && before.mode === mode ? before.stays : [...endStay(before, at), { mode, from: at }]
  draft.put('attendance', person, { ...before, mode, here: true, cutOff: false, stays })
  takeOrLeaveChair(draft, person)
  return undefined
}

/** Who presided and went to take part from elsewhere no longer does; an empty chair is the first president's who comes. */
function takeOrLeaveChair(draft: Draft, person: string): void {
  const { state } = draft
  if (state.phase !== 'open' && state.phase !== 'paused') return
  const able = canTakeChair(state, person)
  if (state.presiding === person && !able) draft.set('presiding', undefined)
  if (state.presiding === undefined && able && state.constitution?.presidents.includes(person))
    draft.set('presiding', person)
}

export const attendanceRules: DeedRules<
  'person-arrived' | 'person-left' | 'connection-lost' | 'connection-restored' | 'conflict-declared' | 'conflict-lifted'
> = {
  'person-arrived': {
    phases: fromPrepared,
    may: mayArrive,
    effect: (draft, { person, mode }, { at }) =>
      seatsOf(draft.state).has(person) ? changeMode(draft, person, mode, at) : 'unknown',
  },
  'person-left': {
    phases: fromPrepared,
    may: ofPerson,
    effect: (draft, { person }, { at }) => {
      if (!seatsOf(draft.state).has(person)) return 'unknown'
      const attendance = draft.state.attendance.get(person)
      if (!attendance?.here) return 'no-effect'
      leave(draft, attendance, at)
      return undefined
    },
  },
  'connection-lost': {
    phases: fromPrepared,
    may: orHub(ofPerson),
    effect: (draft, { person }) => {
      if (!seatsOf(draft.state).has(person)) return 'unknown'
      const attendance = draft.state.attendance.get(person)
      if (!attendance?.here || attendance.mode !== 'remote' || attendance.cutOff) return 'no-effect'
      draft.put('attendance', person, { ...attendance, cutOff: true })
      return undefined
    },
  },
  'connection-restored': {
    phases: fromPrepared,
    may: orHub(ofPerson),
    effect: (draft, { person }) => {
      if (!seatsOf(draft.state).has(person)) return 'unknown'
      const attendance = draft.state.attendance.get(person)
      if (!attendance?.cutOff) return 'no-effect'
      draft.put('attendance', person, { ...attendance, cutOff: false })
      return undefined
    },
  },
  'conflict-declared': {
    phases: fromPrepared,
    may: ofPerson,
    effect: (draft, { person, item, away }, { at }) => {
      const { state } = draft
      const entry = itemOf(state, item)
      if (!entry || !seatsOf(state).has(person)) return 'unknown'
      const { conflict } = rulesOf(state)
      const nearest = entry.public ? conflict.inPublic : conflict.inClosed
      if (away === 'table' && nearest === 'room') return 'rules-forbid'
      const before = entry.conflicts.find((other) => other.person === person)
      if (before?.away === away) return 'no-effect'
      const others = entry.conflicts.filter((other) => other.person !== person)
      draft.changeItem(item, { conflicts: [...others, { person, away }] })
      if (before) return undefined
      stopSpeaking(draft, person, at, item)
      withdrawRequests(draft, person, at, item)
      removeFromOpenVotes(draft, person, item)
      return undefined
    },
  },
  'conflict-lifted': {
    phases: fromPrepared,
    // Not by the person alone: in doubt the body decides (GemO RLP §22 (5)).
    may: byPresidents,
    effect: (draft, { person, item }) => {
      const entry = itemOf(draft.state, item)
      if (!entry || !seatsOf(draft.state).has(person)) return 'unknown'
      const conflicts = entry.conflicts.filter((other) => other.person !== person)
      if (conflicts.length === entry.conflicts.length) return 'no-effect'
      draft.changeItem(item, { conflicts })
      return undefined
    },
  },
}
