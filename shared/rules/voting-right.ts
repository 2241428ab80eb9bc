import type { Constitution, Matter, Seat } from '../council/events/constitution.ts'
import { chairByOfficeCounts, remoteCounts, statutoryNumberFor, votingRightOf, type RuleSet } from './law/index.ts'
import { seatOf, type Attendance, type MeetingState, type Vote, type VotingRight } from './meeting/state.ts'
import { quorumFinding, type QuorumFinding } from './quorum.ts'

/** What is decided, as far as the right to take part depends on it. */
export interface Decision {
  readonly item: string | null
  readonly secret: boolean
  readonly matter: Matter
  /** Decided by circulation: everybody is asked, wherever they are. */
  readonly circular?: boolean
}

export type WhyNot = Extract<VotingRight, { kind: 'excluded' }>['because']

/** A head of the body who belongs to it by another office, such as a full-time mayor. */
const presidesByOffice = (constitution: Constitution, seat: Seat): boolean =>
  !seat.elected && constitution.presidents.includes(seat.person)

/** Whether a seat belongs to those by whom the quorum is counted for a matter. */
export function countsForQuorum(rules: RuleSet, constitution: Constitution, seat: Seat, matter: Matter): boolean {
  return presidesByOffice(constitution, seat) ? chairByOfficeCounts(rules, matter) : seat.votes
}

/** Whether members who take part from elsewhere count as present for a decision. */
export const remoteCountsFor = (
  { hybrid, constituent }: Constitution,
  rules: RuleSet,
  { matter, secret }: Omit<Decision, 'item'>,
): boolean => remoteCounts(rules, { hybrid, constituent, matter, secret })

/** The number that the law gives the body, for one matter: without a chair who has no vote on it. */
export function statutoryNumberOn(
  { statutoryNumber, presidents, seats }: Constitution,
  rules: RuleSet,
  matter: Matter,
) {
  const [chair] = presidents
  const chairElected = seats.find(({ person }) => person === chair)?.elected ?? true
  return statutoryNumberFor(rules, { statutoryNumber, matter, chairElected })
}

/** Persons who are kept out of an item by a conflict of interest. */
function keptOutOf(state: MeetingState, item: string | null): ReadonlySet<string> {
  const entry = item === null ? undefined : state.agenda.find((other) => other.item === item)
  return new Set(entry?.conflicts.map(({ person }) => person))
}

/** Whether a person of the roster may vote on something by now, and the rule that says why not. */
export function votingRight(state: MeetingState, rules: RuleSet, person: string, decision: Decision): VotingRight {
  const seat = seatOf(state, person)
  if (!state.constitution || !seat) return { kind: 'excluded', because: 'no-vote' }
  const among = { constitution: state.constitution, keptOut: keptOutOf(state, decision.item) }
  return rightOfSeat(state, rules, seat, { ...among, decision })
}

type Whereabouts = Pick<Attendance, 'here' | 'mode' | 'cutOff' | 'excluded'>

/** Who is asked by circulation counts like somebody who is there: nobody meets, so nobody is away. */
const asked: Whereabouts = { here: true, mode: 'room', cutOff: false, excluded: false }

const whereaboutsOf = (state: MeetingState, person: string, circular: boolean | undefined): Whereabouts | undefined =>
  circular ? asked : state.attendance.get(person)

interface Circumstances {
  readonly constitution: Constitution
  readonly keptOut: ReadonlySet<string>
  readonly decision: Decision
}

function rightOfSeat(
  state: MeetingState,
  rules: RuleSet,
  seat: Seat,
  { constitution, keptOut, decision }: Circumstances,
): VotingRight {
  const { person } = seat
  const attendance = whereaboutsOf(state, person, decision.circular)
  return votingRightOf(rules, {
    votes: seat.votes,
    elected: seat.elected,
    chair: constitution.presidents.includes(person),
    here: attendance?.here === true,
    mode: attendance?.mode ?? 'room',
    cutOff: attendance?.cutOff === true,
    conflict: keptOut.has(person),
    excluded: attendance?.excluded === true,
    matter: decision.matter,
    secret: decision.secret,
    constituent: constitution.constituent,
    hybrid: constitution.hybrid,
  })
}

/** Persons who may vote on something by now, in the order of the roster. */
export function entitledTo(state: MeetingState, rules: RuleSet, decision: Decision): string[] {
  const { constitution } = state
  if (!constitution) return []
  const circumstances = { constitution, keptOut: keptOutOf(state, decision.item), decision }
  return constitution.seats
    .filter((seat) => rightOfSeat(state, rules, seat, circumstances).kind === 'entitled')
    .map(({ person }) => person)
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

/** Whether somebody is there, in the room or from elsewhere. */
const takesPart = (whereabouts: Whereabouts | undefined): whereabouts is Whereabouts =>
  whereabouts?.here === true && !whereabouts.cutOff && !whereabouts.excluded

/** Counts who is present for a decision, in the room and from elsewhere. */
export function presenceFor(state: MeetingState, rules: RuleSet, decision: Decision): Presence {
  const { constitution } = state
  const whyNot = new Map<string, WhyNot>()
  const found = { room: 0, remote: 0, conflicts: 0 }
  if (!constitution) return { ...found, remoteCounts: false, whyNot }
  const keptOut = keptOutOf(state, decision.item)
  for (const seat of constitution.seats) {
    const { person } = seat
    const right = rightOfSeat(state, rules, seat, { constitution, keptOut, decision })
    const because = right.kind === 'entitled' ? undefined : right.because
    if (because) whyNot.set(person, because)
    if (!countsForQuorum(rules, constitution, seat, decision.matter)) continue
    if (keptOut.has(person)) found.conflicts += 1
    // Counted by where they are: a remote member who does not count for this matter takes part from elsewhere all the same.
    const whereabouts = whereaboutsOf(state, person, decision.circular)
    if (takesPart(whereabouts) && !keptOut.has(person)) found[whereabouts.mode] += 1
  }
  return { ...found, remoteCounts: remoteCountsFor(constitution, rules, decision), whyNot }
}

/** Whether the body can decide on an item, or outside of items (null), by who is there now. */
export function quorumOf(
  state: MeetingState,
  rules: RuleSet,
  { item, secret = false, matter = matterOf(state, item), circular }: Partial<Decision> & Pick<Decision, 'item'>,
): QuorumFinding | undefined {
  const { constitution } = state
  const presence = presenceFor(state, rules, { item, secret, matter, ...(circular && { circular }) })
  return constitution && quorumBy(constitution, rules, matter, presence)
}

/** Whether the body can decide on a matter when so many are present. */
export const quorumBy = (
  constitution: Constitution,
  rules: RuleSet,
  matter: Matter,
  presence: Omit<Presence, 'whyNot'>,
): QuorumFinding =>
  quorumFinding(rules, {
    statutoryNumber: statutoryNumberOn(constitution, rules, matter),
    members: constitution.seats.filter((seat) => countsForQuorum(rules, constitution, seat, matter)).length,
    call: constitution.call,
    room: presence.room,
    remote: presence.remote,
    remoteCounts: presence.remoteCounts,
    conflicts: presence.conflicts,
    matter,
  })

/** What a vote decides, as far as the right to take part depends on it. */
export const decisionOf = (
  state: MeetingState,
  { item, secret, until }: Pick<Vote, 'item' | 'secret' | 'until'>,
): Decision => ({ item, secret, matter: matterOf(state, item), circular: until !== undefined })

/** What an item is about; outside of items ordinary business. */
export const matterOf = (state: MeetingState, item: string | null): Matter =>
  state.agenda.find((entry) => entry.item === item)?.matter ?? 'ordinary'
