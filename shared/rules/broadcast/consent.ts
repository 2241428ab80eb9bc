import { consentUses, type ConsentAct, type ConsentUse } from '../../council/consent.ts'
import type { Speaker } from '../../council/events/speech.ts'
import type { MeetingState, Span } from '../meeting/state.ts'

/**
 * Under which rules consent is asked for and judged; each act names the version. `lawyer` are assumptions that a lawyer
 * has to confirm before anybody claims conformity.
 */
export const consentRules = {
  version: 'consent-de-rp-1',
  sources: [
    { source: 'GemO RLP § 35 Abs. 1 Satz 6', settles: 'statute-or-all-present' },
    { source: 'KUG § 22', settles: 'picture-needs-consent' },
    { source: 'DSGVO Art. 6 Abs. 1 Buchst. a', settles: 'consent-per-purpose' },
    { source: 'DSGVO Art. 7 Abs. 1', settles: 'acts-are-kept' },
    { source: 'DSGVO Art. 7 Abs. 3', settles: 'withdrawn-as-easily' },
  ],
  lawyer: [
    /** Whether a statute of the town alone carries showing its council members, without consent of each. */
    { source: 'DSGVO Art. 6 Abs. 1 Buchst. e', assumed: 'statute-carries-members' },
    /** A member’s refusal holds even where the statute would carry it. */
    { source: 'DSGVO Art. 21', assumed: 'refusal-of-members-holds' },
    /** KUG beside the DSGVO, and the exceptions of § 23, which are not made use of. */
    { source: 'KUG § 23', assumed: 'no-exception-is-used' },
    /** What was recorded with consent goes when it is withdrawn. */
    { source: 'DSGVO Art. 17 Abs. 1 Buchst. b', assumed: 'withdrawal-clears-recordings' },
    /** In the pauses between speeches the room is shown, with whoever sits in it. */
    { source: 'KUG § 23 Abs. 1 Nr. 3', assumed: 'room-between-speeches' },
    /** Whoever interprets agreed by contract; asked are those alone whom the register of the meeting knows. */
    { source: 'KUG § 22', assumed: 'interpreters-by-contract' },
  ],
} as const

/** `withdrawn` holds for what was refused at once as well; `unknown`: nobody asked. */
export type ConsentStanding = 'given' | 'withdrawn' | 'unknown'

const lastOf = (acts: readonly ConsentAct[], use: ConsentUse): ConsentAct | undefined =>
  acts.findLast((act) => act.use === use)

/** What the last act says of a use. */
export function standingOf(acts: readonly ConsentAct[], use: ConsentUse): ConsentStanding {
  const last = lastOf(acts, use)
  return last === undefined ? 'unknown' : last.given ? 'given' : 'withdrawn'
}

/** Finds what a speaker of a meeting agreed to, the oldest act first. */
type ConsentsOf = (speaker: Speaker) => readonly ConsentAct[]

export interface Clearance {
  /** May be seen and heard while it happens. */
  readonly live: boolean
  /** May be seen and heard afterwards. */
  readonly recording: boolean
}

/** A part is taken or left out as a whole: sound goes with the picture, and a purpose needs both. */
const needed = {
  live: ['live-picture', 'live-sound'],
  recording: ['recording-picture', 'recording-sound'],
} as const satisfies Readonly<Record<keyof Clearance, readonly ConsentUse[]>>

/** What somebody is cleared for. Nobody is without consent, but members where the town’s statute says so. */
export function clearanceOf(state: MeetingState, speaker: Speaker, acts: readonly ConsentAct[]): Clearance {
  const { constitution } = state
  const isMember = 'person' in speaker && constitution?.seats.some(({ person }) => person === speaker.person) === true
  const unknownPasses = isMember && constitution?.recording === 'statute'
  const passes = (uses: readonly ConsentUse[]): boolean =>
    uses.every((use) => {
      const standing = standingOf(acts, use)
      return standing === 'given' || (unknownPasses && standing === 'unknown')
    })
  return { live: passes(needed.live), recording: passes(needed.recording) }
}

/** What must not be shown of a meeting for want of consent. */
interface ConsentAirtime {
  /** Whoever speaks now may be shown. */
  readonly open: boolean
  /** Times that must not be shown while it happens; withdrawn consent counts from its withdrawal on. */
  readonly live: readonly Span[]
  /** Times that no recording may hold; withdrawn consent counts for what was recorded before, too. */
  readonly recording: readonly Span[]
}

/** Which times of a meeting lack consent, by its speakers’ list and the register as it is now. */
export function consentAirtimeOf(state: MeetingState, consentsOf: ConsentsOf): ConsentAirtime {
  const live: Span[] = []
  const recording: Span[] = []
  for (const { speaker, spans } of state.speeches.values()) {
    const acts = consentsOf(speaker)
    const clearance = clearanceOf(state, speaker, acts)
    if (!clearance.live) live.push(...spans.flatMap((span) => after(span, withdrawalOf(acts, needed.live))))
    if (!clearance.recording) recording.push(...spans)
  }
  return { open: live.every(({ to }) => to !== undefined), live, recording }
}

/** Who is to be seen in the second picture for some time, by name. */
export interface InterpreterTurn {
  readonly names: readonly string[]
  readonly span: Span
}

/** In the second picture nothing is heard. */
const neededInSecond = {
  live: ['live-picture'],
  recording: ['recording-picture'],
} as const satisfies Readonly<Record<keyof Clearance, readonly ConsentUse[]>>

/**
 * Which times of the second picture lack consent. Whoever interprets does so by contract: consent is asked of those alone
 * whom the register of the meeting knows by their name.
 */
export function interpretersAirtimeOf(turns: readonly InterpreterTurn[], consentsOf: ConsentsOf): ConsentAirtime {
  const live: Span[] = []
  const recording: Span[] = []
  for (const { names, span } of turns)
    for (const acts of names.map((guest) => consentsOf({ guest })).filter(({ length }) => length > 0)) {
      const lacks = (uses: readonly ConsentUse[]): boolean => uses.some((use) => standingOf(acts, use) !== 'given')
      if (lacks(neededInSecond.live)) live.push(...after(span, withdrawalOf(acts, neededInSecond.live)))
      if (lacks(neededInSecond.recording)) recording.push(span)
    }
  return { open: live.every(({ to }) => to !== undefined), live, recording }
}

/** Until when a purpose was cleared by acts: the first act of those that hold now which took it away. */
function withdrawalOf(acts: readonly ConsentAct[], uses: readonly ConsentUse[]): number {
  const hadAll = uses.every((use) => acts.some((act) => act.use === use && act.given))
  if (!hadAll) return -Infinity
  const taken = uses.map((use) => lastOf(acts, use)).filter((act) => act?.given === false)
  return Math.min(...taken.map((act) => Date.parse(act?.at ?? '')))
}

function after(span: Span, time: number): readonly Span[] {
  if (time <= span.from) return [span]
  return span.to !== undefined && span.to <= time ? [] : [{ ...span, from: time }]
}

/** Every use with what stands. */
export const standingsOf = (acts: readonly ConsentAct[]): Readonly<Record<ConsentUse, ConsentStanding>> =>
  Object.fromEntries(consentUses.map((use) => [use, standingOf(acts, use)])) as Record<ConsentUse, ConsentStanding>
