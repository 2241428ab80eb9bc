import type { Constitution, Matter, Seat } from '../council/events/constitution.ts'
import type { RuleSet } from './law/rule-set.ts'
import { seatOf, type MeetingState, type VotingRight } from './meeting/state.ts'
import { quorumFinding, type QuorumFinding } from './quorum.ts'

/** What is decided, as far as the right to take part depends on it. */
export interface Decision {
  readonly item: string | null
  readonly secret: boolean
  readonly matter: Matter
}

export type WhyNot = Extract<VotingRight, { kind: 'excluded' }>['because']

const excluded = (because: WhyNot): VotingRight => ({ kind: 'excluded', because })

/** A head of the body who belongs to it by another office, such as a full-time mayor. */
const presidesByOffice = (constitution: Constitution, seat: Seat): boolean =>
  !seat.elected && constitution.presidents.includes(seat.person)

/** Whether a seat belongs to those by whom the quorum is counted. */
const isMember = (rules: RuleSet, constitution: Constitution, seat: Seat): boolean =>
  presidesByOffice(constitution, seat) ? rules.quorum.countsChair : seat.votes

/** Whether remote members count as present for a decision (GemO RLP §35a). */
export function remoteCounts(constitution: Constitution, rules: RuleSet, decision: Omit<Decision, 'item'>): boolean {
  const { hybrid } = rules
  if (!constitution.hybrid || !hybrid?.allowed) return false
  if (hybrid.roomOnly.includes(decision.matter)) return false
  if (hybrid.constituentInRoom && constitution.constituent) return false
  return !(hybrid.secretInRoom && decision.secret)
}

const isKeptOut = (state: MeetingState, person: string, item: string | null): boolean =>
  item !== null &&
  state.agenda.some((entry) => entry.item === item && entry.conflicts.some((conflict) => conflict.person === person))

/** What keeps a person from counting as present for a decision; undefined when nothing does. */
function whyNotThere(state: MeetingState, rules: RuleSet, person: string, decision: Decision): WhyNot | undefined {
  const attendance = state.attendance.get(person)
  if (attendance?.excluded) return 'excluded-from-meeting'
  if (!attendance?.here) return 'absent'
  if (attendance.cutOff) return 'cut-off'
  if (isKeptOut(state, person, decision.item)) return 'conflict'
  const { constitution } = state
  if (attendance.mode === 'remote' && (!constitution || !remoteCounts(constitution, rules, decision)))
    return 'remote-does-not-count'
  return undefined
}

/** Whether a person may vote on something by now, and the rule that says why not. */
export function votingRight(state: MeetingState, rules: RuleSet, person: string, decision: Decision): VotingRight {
  const { constitution } = state
  const seat = seatOf(state, person)
  if (!constitution || !seat?.votes) return excluded('no-vote')
  const because = whyNotThere(state, rules, person, decision)
  if (because) return excluded(because)
  if (presidesByOffice(constitution, seat) && rules.votes.chairWithoutVote.matters.includes(decision.matter))
    return excluded('chair-without-vote')
  return { kind: 'entitled' }
}

/** Who counts as present for a decision. */
export interface Presence {
  /** Members in the room, and members taking part from elsewhere; those kept out are in neither. */
  readonly room: number
  readonly remote: number
  readonly remoteCounts: boolean
  /** Members kept out by a conflict of interest, wherever they are. */
  readonly conflicts: number
  /** Why a person of the roster does not count; who counts is not in it. */
  readonly whyNot: ReadonlyMap<string, WhyNot>
}

/** Counts who is present for a decision, in the room and from elsewhere. */
export function presenceFor(state: MeetingState, rules: RuleSet, decision: Decision): Presence {
  const { constitution } = state
  const whyNot = new Map<string, WhyNot>()
  let room = 0
  let remote = 0
  let conflicts = 0
  for (const seat of constitution?.seats ?? []) {
    const { person } = seat
    const member = constitution !== undefined && isMember(rules, constitution, seat)
    if (member && isKeptOut(state, person, decision.item)) conflicts += 1
    const because = member ? whyNotThere(state, rules, person, decision) : 'no-vote'
    if (because) whyNot.set(person, because)
    if (because === undefined && state.attendance.get(person)?.mode === 'room') room += 1
    // A remote member who does not count for this matter is still one of those who take part from elsewhere.
    if ((because === undefined || because === 'remote-does-not-count') && isRemote(state, person)) remote += 1
  }
  const counts = constitution !== undefined && remoteCounts(constitution, rules, decision)
  return { room, remote, remoteCounts: counts, conflicts, whyNot }
}

const isRemote = (state: MeetingState, person: string): boolean => state.attendance.get(person)?.mode === 'remote'

/** Whether the body can decide on an item, or outside of items (null), by who is there now. */
export function quorumOf(
  state: MeetingState,
  rules: RuleSet,
  item: string | null,
  { secret = false, matter = matterOf(state, item) }: { readonly secret?: boolean; readonly matter?: Matter } = {},
): QuorumFinding | undefined {
  const { constitution } = state
  if (!constitution) return undefined
  const presence = presenceFor(state, rules, { item, secret, matter })
  return quorumFinding(rules, {
    statutoryNumber: constitution.statutoryNumber,
    call: constitution.call,
    room: presence.room,
    remote: presence.remote,
    remoteCounts: presence.remoteCounts,
    conflicts: presence.conflicts,
  })
}

/** What an item is about; outside of items ordinary business. */
export const matterOf = (state: MeetingState, item: string | null): Matter =>
  state.agenda.find((entry) => entry.item === item)?.matter ?? 'ordinary'
