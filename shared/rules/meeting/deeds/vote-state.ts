import type { Constitution } from '../../../council/events/constitution.ts'
import type { Ballot, Tally } from '../../../council/events/vote.ts'
import { voteFinding } from '../../majority.ts'
import { membersToAgree } from '../../law/index.ts'
import {
  countsForQuorum,
  decisionOf,
  presenceFor,
  quorumBy,
  remoteCountsFor,
  statutoryNumberOn,
} from '../../voting-right.ts'
import type { MeetingState, Vote } from '../state.ts'
import { rulesOf, seatsOf, type Draft } from './draft.ts'

export const ballotsIn = ({ yes, no, abstain, invalid }: Tally): number => yes + no + abstain + invalid

/**
 * Who declares a conflict of interest while a vote on the item runs has no vote in it any more, and does not count as
 * present for it; otherwise it stays as it was when the vote opened. What was counted already may hold their hand, and
 * is to be counted again.
 */
export function removeFromOpenVotes(draft: Draft, person: string, item: string): void {
  for (const vote of [...draft.state.votes.values()]) {
    if (vote.item !== item || !isUndecided(vote) || !vote.entitled.includes(person)) continue
    const { tally: _tally, factions: _factions, ...uncounted } = vote
    draft.put('votes', vote.vote, {
      ...uncounted,
      ...presenceWithout(draft.state, vote, person),
      entitled: vote.entitled.filter((other) => other !== person),
      received: without(vote.received, person),
      called: without(vote.called, person),
      objections: vote.objections.filter((other) => other !== person),
    })
  }
}

function presenceWithout(state: MeetingState, vote: Vote, person: string): Pick<Vote, 'present' | 'quorum'> {
  const { constitution } = state
  const seat = seatsOf(state).get(person)
  const rules = rulesOf(state)
  const decision = decisionOf(state, vote)
  const { matter } = decision
  const { present } = vote
  if (!constitution || !seat || !countsForQuorum(rules, constitution, seat, matter)) return vote
  const mode = decision.circular ? 'room' : (state.attendance.get(person)?.mode ?? 'room')
  const { conflicts } = presenceFor(state, rules, decision)
  const counts = remoteCountsFor(constitution, rules, { matter, secret: vote.secret })
  const after = { room: present.room, remote: present.remote, remoteCounts: counts, conflicts }
  after[mode] -= 1
  const quorum = quorumBy(constitution, rules, matter, after)
  return { present: { room: after.room, remote: after.remote, counted: quorum.counted }, quorum }
}

const isUndecided = ({ status }: Vote): boolean => status === 'open' || status === 'counting'

const without = <Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> =>
  map.has(key) ? new Map([...map].filter(([other]) => other !== key)) : map

/** The number of members that a share for a vote is taken of, where the law asks for all of them. */
function statutoryFor(state: MeetingState, constitution: Constitution, vote: Vote): number {
  const rules = rulesOf(state)
  const decision = decisionOf(state, vote)
  const statutory = statutoryNumberOn(constitution, rules, decision.matter)
  return decision.circular ? membersToAgree(statutory, presenceFor(state, rules, decision).conflicts) : statutory
}

/** The vote has its numbers: says what they decide, for the motion too. */
export function decideVote(draft: Draft, vote: Vote, tally: Tally): void {
  const { state } = draft
  const { constitution } = state
  if (!constitution) return
  const rules = rulesOf(state)
  const finding = voteFinding(rules, {
    majority: vote.majority,
    tally,
    statutoryNumber: statutoryFor(state, constitution, vote),
    present: vote.entitled.length,
    quorate: vote.quorum.met,
  })
  draft.put('votes', vote.vote, { ...vote, status: 'decided', tally, finding })
  const motion = vote.motion === undefined ? undefined : state.motions.get(vote.motion)
  if (motion && finding.outcome !== 'not-quorate')
    draft.put('motions', motion.motion, { ...motion, status: finding.outcome })
}

/** The numbers of each faction, and of those who belong to none, in the order of the roster. */
export function tallyByFaction(state: MeetingState, ballots: readonly Ballot[]): NonNullable<Vote['factions']> {
  const tallies = new Map<string | null, Record<keyof Tally, number>>()
  const choices = new Map(ballots.map(({ person, choice }) => [person, choice]))
  for (const seat of state.constitution?.seats ?? []) {
    const choice = choices.get(seat.person)
    if (!choice) continue
    const faction = seat.faction ?? null
    const tally = tallies.get(faction) ?? { yes: 0, no: 0, abstain: 0, invalid: 0 }
    tally[choice] += 1
    tallies.set(faction, tally)
  }
  return [...tallies].map(([faction, tally]) => ({ faction, tally }))
}

/** Members of a faction, or of none, who can vote. */
export const entitledOf = (state: MeetingState, vote: Vote, faction: string | null): number =>
  vote.entitled.filter((person) => (seatsOf(state).get(person)?.faction ?? null) === faction).length
