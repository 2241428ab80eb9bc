import type { VoteSubject } from '../../../shared/council/events/vote.ts'
import { canTakeChair, chairBelongsInRoom } from '../../../shared/rules/meeting/deeds/attendance.ts'
import {
  seatOf,
  type ItemState,
  type MeetingState,
  type Speech,
  type Vote,
} from '../../../shared/rules/meeting/state.ts'

/** The item that is open. */
export const currentItem = (state: MeetingState): ItemState | undefined =>
  state.agenda.find(({ item }) => item === state.current)

/** The item that comes next: the first that still waits behind the current one, else the first that waits at all. */
export function nextItem(state: MeetingState): ItemState | undefined {
  const waiting = ({ status }: ItemState) => status === 'waiting'
  const place = state.agenda.findIndex(({ item }) => item === state.current)
  return state.agenda.slice(place + 1).find(waiting) ?? state.agenda.find(waiting)
}

/** The one thing that the chair most likely does next. */
export type NextStep =
  | { readonly kind: 'prepare' | 'open-meeting' | 'resume-meeting' | 'close-meeting' | 'over' }
  | { readonly kind: 'close-vote'; readonly vote: string }
  | { readonly kind: 'stop-speech' | 'resume-speech' | 'start-speech'; readonly speech: Speech }
  /** The next item belongs to the other part. */
  | { readonly kind: 'close-part' | 'open-part'; readonly before: ItemState }
  | { readonly kind: 'open-item'; readonly item: ItemState }
  | { readonly kind: 'finish-item'; readonly item: ItemState; readonly next: ItemState | undefined }

/**
 * What comes next, from what the log says.
 * @param speaking who has the floor
 * @param waiting who gets it next
 */
export function nextStep(state: MeetingState, speaking?: Speech, waiting?: Speech): NextStep {
  if (state.phase === 'unprepared') return { kind: 'prepare' }
  if (state.phase === 'paused') return { kind: 'resume-meeting' }
  if (state.phase === 'closed') return { kind: 'over' }
  const vote = [...state.votes.values()].find(({ status }) => status === 'open')
  if (vote) return { kind: 'close-vote', vote: vote.vote }
  if (state.phase === 'prepared') return { kind: 'open-meeting' }
  if (speaking) return { kind: speaking.status === 'paused' ? 'resume-speech' : 'stop-speech', speech: speaking }
  if (waiting) return { kind: 'start-speech', speech: waiting }
  const item = currentItem(state)
  if (item) return { kind: 'finish-item', item, next: nextItem(state) }
  return beginNext(state)
}

/** With no item open: the next one, the change of part before it, or the end. */
function beginNext(state: MeetingState): NextStep {
  const next = nextItem(state)
  if (!next) return { kind: 'close-meeting' }
  if (!next.public && state.public) return { kind: 'close-part', before: next }
  if (next.public && !state.public) return { kind: 'open-part', before: next }
  return { kind: 'open-item', item: next }
}

/** Why an item cannot be called up now. */
export function blockedBecause(state: MeetingState, item: ItemState): 'not-open' | 'public-is-in' | undefined {
  if (state.phase !== 'open') return 'not-open'
  return !item.public && state.public ? 'public-is-in' : undefined
}

/** Who presides, or will once the meeting opens, and whether in the room, as the law asks (GemO RLP §35a). */
export function chairOf(state: MeetingState): { name: string | undefined; where: 'room' | 'remote' | 'away' } {
  const presidents = state.constitution?.presidents ?? []
  const inRoom = (person: string): boolean => {
    const attendance = state.attendance.get(person)
    return attendance?.here === true && attendance.mode === 'room'
  }
  const presiding = state.phase === 'prepared' ? (presidents.find(inRoom) ?? presidents[0]) : state.presiding
  if (presiding === undefined) return { name: undefined, where: 'away' }
  const attendance = state.attendance.get(presiding)
  return { name: seatOf(state, presiding)?.name, where: attendance?.here ? attendance.mode : 'away' }
}

/** Who has to come into the room before the meeting can be opened; undefined where nobody is waited for. */
export function absentChair(state: MeetingState): string | undefined {
  if (!chairBelongsInRoom(state)) return undefined
  const presidents = state.constitution?.presidents ?? []
  return presidents.some((person) => canTakeChair(state, person)) ? undefined : presidents[0]
}

/** What the change of part means, said before it is done. */
export interface PartChange {
  readonly to: 'closed' | 'public'
  /** Remote members who have to be alone from now on. */
  readonly remote: number
  /** Remote and cut off: they come back into the closed part when their connection does. */
  readonly cutOff: number
  /** Items of the part that begins that still wait. */
  readonly waiting: number
  /** The public item that is open and has to be closed before. */
  readonly open: ItemState | undefined
  readonly speaking: boolean
}

export function partChange(state: MeetingState): PartChange {
  const to = state.public ? 'closed' : 'public'
  const remote = [...state.attendance.values()].filter(({ here, mode }) => here && mode === 'remote')
  const item = currentItem(state)
  return {
    to,
    remote: remote.length,
    cutOff: remote.filter(({ cutOff }) => cutOff).length,
    waiting: state.agenda.filter((entry) => entry.status === 'waiting' && entry.public === (to === 'public')).length,
    open: item && item.public !== (to === 'public') ? item : undefined,
    speaking: state.floor.length > 0,
  }
}

/** Milliseconds that an item has been dealt with up to now. */
export const timeOnItem = ({ spans }: ItemState, now: number): number =>
  spans.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0)

/** Accepted votes of a subject, in the order in which they were opened: decisions that later deeds can rest on. */
export const acceptedVotes = (state: MeetingState, ...subjects: VoteSubject[]): Vote[] =>
  [...state.votes.values()]
    .filter(({ subject, finding }) => subjects.includes(subject) && finding?.outcome === 'accepted')
    .sort((a, b) => a.opened - b.opened)

/** What has to be voted on before the agenda is changed. */
export interface ProcedureTopic {
  readonly item: string | null
  readonly subject: 'extension' | 'procedure'
  readonly question: string
}
