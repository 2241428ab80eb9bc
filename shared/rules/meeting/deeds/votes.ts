import type { Ballot, Tally } from '../../../council/events/vote.ts'
import type { DeedOf } from '../../../council/meeting-event.ts'
import type { RuleSet } from '../../law/rule-set.ts'
import { majorityFor } from '../../majority.ts'
import { decisionOf, entitledTo, quorumOf } from '../../voting-right.ts'
import { causeAgainstCirculation, isCirculation, isInTime, mayClose } from '../circulation.ts'
import type { MeetingState, Vote } from '../state.ts'
import {
  byHub,
  byPerson,
  byPresidents,
  fromPrepared,
  running,
  type DeedRules,
  type Judgement,
  type Moment,
} from './deed-rule.ts'
import { itemOf, rulesOf, type Draft } from './draft.ts'
import { isStopped } from './order.ts'
import { ballotsIn, decideVote, entitledOf, tallyByFaction } from './vote-state.ts'

/** Whether the rules let a question be put like this. */
function isLawful({ votes }: RuleSet, { mode, secret }: DeedOf<'vote-opened'>): boolean {
  return votes.modes.includes(mode) && (!secret || votes.secret.modes.includes(mode))
}

/** Why a question may not be put in this place and way: in a meeting on the item that is open, or by circulation. */
function causeAgainst({ state }: Draft, deed: DeedOf<'vote-opened'>, at: number): Judgement {
  const { item, subject, until } = deed
  if (subject === 'circular') return causeAgainstCirculation(state, rulesOf(state), deed, at)
  if (state.phase !== 'open') return 'not-open'
  if (item !== null && !itemOf(state, item)) return 'unknown'
  if (item !== null && item !== state.current) return 'not-open'
  return until === undefined ? undefined : 'rules-forbid'
}

function openVote(draft: Draft, deed: DeedOf<'vote-opened'>, { at, inPublic, about }: Moment): Judgement {
  const { state } = draft
  const { vote, item, motion, question, subject, mode, secret, until } = deed
  if (state.votes.has(vote)) return 'exists-already'
  const cause = causeAgainst(draft, deed, at)
  if (cause) return cause
  const put = motion === undefined ? undefined : state.motions.get(motion)
  if (motion !== undefined && put?.item !== item) return 'unknown'
  if (put && put.status !== 'open') return 'no-effect'
  const rules = rulesOf(state)
  if (!isLawful(rules, deed) || isStopped(state)) return 'rules-forbid'
  // Hands and devices serve one question at a time.
  for (const { status } of state.votes.values()) if (status === 'open') return 'rules-forbid'
  const decision = decisionOf(state, { item, secret, ...(until !== undefined && { until }) })
  const quorum = quorumOf(state, rules, decision)
  if (!quorum) return 'not-prepared'
  draft.put('votes', vote, {
    vote,
    item,
    ...(motion === undefined ? {} : { motion }),
    question,
    subject,
    // Whatever the chair announced: the majority that the law has for a subject is not the chair's to choose.
    majority: majorityFor(rules, subject, deed.majority),
    mode,
    secret,
    opened: at,
    ...(until === undefined ? {} : { until }),
    status: 'open',
    entitled: entitledTo(state, rules, decision),
    present: { room: quorum.room, remote: quorum.remote, counted: quorum.counted },
    quorum,
    inPublic,
    about: about === undefined ? [] : [about],
    received: new Map(),
    called: new Map(),
    objections: [],
  })
  return undefined
}

/** Counts choices of persons, in all and by faction. */
function count(state: MeetingState, ballots: readonly Ballot[]): Required<Pick<Vote, 'tally' | 'factions'>> {
  const tally = { yes: 0, no: 0, abstain: 0, invalid: 0 }
  for (const { choice } of ballots) tally[choice] += 1
  return { tally, factions: tallyByFaction(state, ballots) }
}

function closeVote(draft: Draft, vote: Vote, at: number): Judgement {
  if (vote.status !== 'open') return 'no-effect'
  if (!mayClose(vote, at)) return 'rules-forbid'
  if (vote.mode === 'roll-call') {
    const ballots = vote.entitled.flatMap((person) => {
      const choice = vote.called.get(person)
      return choice === undefined ? [] : [{ person, choice }]
    })
    const { tally, factions } = count(draft.state, ballots)
    decideVote(draft, { ...vote, ballots, factions }, tally)
  } else if (vote.mode === 'no-objection' && vote.objections.length === 0) {
    decideVote(draft, vote, { yes: vote.entitled.length, no: 0, abstain: 0, invalid: 0 })
  } else if (vote.tally && vote.mode !== 'devices') decideVote(draft, vote, vote.tally)
  else draft.put('votes', vote.vote, { ...vote, status: 'counting' })
  return undefined
}

function sealVote(draft: Draft, { vote: id, ballots, digest }: DeedOf<'vote-sealed'>): Judgement {
  const { state } = draft
  const vote = state.votes.get(id)
  if (!vote) return 'unknown'
  // The hub seals what it saw closed: what is said later of who was asked never opens a circulation again.
  const isClosed = vote.status === 'counting' || (isCirculation(vote) && vote.status === 'open')
  if (vote.mode !== 'devices' || !isClosed) return 'no-effect'
  if (new Set(ballots.map(({ person }) => person)).size < ballots.length) return 'implausible'
  const counted = ballots.filter(
    ({ person }) => vote.entitled.includes(person) && (!isCirculation(vote) || vote.received.has(person)),
  )
  const { tally, factions } = count(state, counted)
  decideVote(draft, { ...vote, ballots: counted, digest, factions }, tally)
  return undefined
}

/** Numbers that somebody counted must not be more than there were votes, in any faction. */
function isPlausible(state: MeetingState, vote: Vote, { tally, factions }: DeedOf<'votes-counted'>): boolean {
  if (ballotsIn(tally) > vote.entitled.length) return false
  if (vote.mode === 'faction' && !factions) return false
  if (!factions) return true
  if (new Set(factions.map(({ faction }) => faction)).size < factions.length) return false
  if (factions.some((part) => ballotsIn(part.tally) > entitledOf(state, vote, part.faction))) return false
  const sum = (kind: keyof Tally): number => factions.reduce((total, part) => total + part.tally[kind], 0)
  return (['yes', 'no', 'abstain', 'invalid'] as const).every((kind) => sum(kind) === tally[kind])
}

function enterCount(draft: Draft, deed: DeedOf<'votes-counted'>): Judgement {
  const { state } = draft
  const vote = state.votes.get(deed.vote)
  if (!vote) return 'unknown'
  if (vote.status !== 'open' && vote.status !== 'counting') return 'no-effect'
  if (vote.mode === 'devices' || vote.mode === 'roll-call') return 'rules-forbid'
  if (vote.mode === 'no-objection' && vote.objections.length === 0) return 'rules-forbid'
  if (!isPlausible(state, vote, deed)) return 'implausible'
  const { factions: _before, ...rest } = vote
  const counted: Vote = { ...rest, tally: deed.tally, ...(deed.factions ? { factions: deed.factions } : {}) }
  if (vote.status === 'counting') decideVote(draft, counted, deed.tally)
  else draft.put('votes', vote.vote, counted)
  return undefined
}

function receive(draft: Draft, { vote: id, ballots }: DeedOf<'ballots-received'>): Judgement {
  const vote = draft.state.votes.get(id)
  if (!vote) return 'unknown'
  if (vote.mode !== 'devices' || (vote.status !== 'open' && vote.status !== 'counting')) return 'no-effect'
  const ofEntitled = ballots.filter(({ person }) => vote.entitled.includes(person))
  if (ofEntitled.length === 0) return 'not-entitled'
  const inTime = ofEntitled.filter(({ at }) => isInTime(vote, at))
  if (inTime.length === 0) return 'not-open'
  const received = new Map(vote.received)
  for (const { person, entered } of inTime) received.set(person, entered === undefined ? {} : { entered })
  draft.put('votes', id, { ...vote, received })
  return undefined
}

function callRoll(draft: Draft, { vote: id, person, choice }: DeedOf<'roll-called'>): Judgement {
  const vote = draft.state.votes.get(id)
  if (!vote) return 'unknown'
  if (vote.mode !== 'roll-call' || vote.status !== 'open') return 'not-open'
  if (!vote.entitled.includes(person)) return 'not-entitled'
  if (vote.called.get(person) === choice) return 'no-effect'
  draft.put('votes', id, { ...vote, called: new Map(vote.called).set(person, choice) })
  return undefined
}

function object(draft: Draft, { vote: id, person }: DeedOf<'objection-raised'>): Judgement {
  const vote = draft.state.votes.get(id)
  if (!vote) return 'unknown'
  if (vote.mode !== 'no-objection' || vote.status !== 'open') return 'not-open'
  if (!vote.entitled.includes(person)) return 'not-entitled'
  if (vote.objections.includes(person)) return 'no-effect'
  draft.put('votes', id, { ...vote, objections: [...vote.objections, person] })
  return undefined
}

type VoteKind =
  | 'vote-opened'
  | 'ballots-received'
  | 'vote-closed'
  | 'vote-sealed'
  | 'roll-called'
  | 'votes-counted'
  | 'objection-raised'
  | 'vote-cancelled'

/** How votes are opened, given, counted and decided. */
export const voteRules: DeedRules<VoteKind> = {
  'vote-opened': { phases: ['prepared', 'open'], may: byPresidents, effect: openVote },
  'ballots-received': { phases: fromPrepared, may: byHub, effect: receive },
  'vote-closed': {
    phases: fromPrepared,
    may: byPresidents,
    effect: (draft, { vote }, { at }) => {
      const before = draft.state.votes.get(vote)
      return before ? closeVote(draft, before, at) : 'unknown'
    },
  },
  // A vote that was closed in the meeting may be sealed after it: the hub can have been out of reach.
  'vote-sealed': { phases: [...fromPrepared, 'closed'], may: byHub, effect: sealVote },
  // Who is called may answer on a device: it is an open vote, and everybody sees the answer.
  'roll-called': { phases: running, may: byPerson(({ person }) => person), effect: callRoll },
  'votes-counted': { phases: running, may: byPresidents, effect: enterCount },
  'objection-raised': { phases: running, may: byPerson(({ person }) => person), effect: object },
  'vote-cancelled': {
    phases: fromPrepared,
    may: byPresidents,
    effect: (draft, { vote }) => {
      const before = draft.state.votes.get(vote)
      if (!before) return 'unknown'
      if (before.status !== 'open' && before.status !== 'counting') return 'no-effect'
      draft.put('votes', vote, { ...before, status: 'cancelled' })
      return undefined
    },
  },
}
