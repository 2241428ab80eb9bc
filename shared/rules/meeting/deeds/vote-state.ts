import type { Tally } from '../../../council/events/vote.ts'
import { voteFinding } from '../../majority.ts'
import type { MeetingState, Vote } from '../state.ts'
import { rulesOf, seatsOf, type Draft } from './draft.ts'

export const ballotsIn = ({ yes, no, abstain, invalid }: Tally): number => yes + no + abstain + invalid

/** Who declares a conflict of interest while a vote on the item runs has no vote in it any more. */
export function removeFromOpenVotes(draft: Draft, person: string, item: string): void {
  for (const vote of [...draft.state.votes.values()]) {
    if (vote.item !== item || !isUndecided(vote) || !vote.entitled.includes(person)) continue
    draft.put('votes', vote.vote, {
      ...vote,
      entitled: vote.entitled.filter((other) => other !== person),
      received: without(vote.received, person),
      called: without(vote.called, person),
    })
  }
}

const isUndecided = ({ status }: Vote): boolean => status === 'open' || status === 'counting'

const without = <Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> =>
  map.has(key) ? new Map([...map].filter(([other]) => other !== key)) : map

/** The vote has its numbers: says what they decide, for the motion too. */
export function decideVote(draft: Draft, vote: Vote, tally: Tally): void {
  const { state } = draft
  const finding = voteFinding(rulesOf(state), {
    majority: vote.majority,
    tally,
    statutoryNumber: state.constitution?.statutoryNumber ?? 0,
    present: vote.present.counted,
    quorate: vote.quorum.met,
  })
  draft.put('votes', vote.vote, { ...vote, status: 'decided', tally, finding })
  const motion = vote.motion === undefined ? undefined : state.motions.get(vote.motion)
  if (motion && finding.outcome !== 'not-quorate')
    draft.put('motions', motion.motion, { ...motion, status: finding.outcome })
}

/** The numbers of each faction, and of those who belong to none, in the order of the roster. */
export function tallyByFaction(
  state: MeetingState,
  ballots: readonly { readonly person: string; readonly kind: keyof Tally }[],
): NonNullable<Vote['factions']> {
  const tallies = new Map<string | null, Record<keyof Tally, number>>()
  const kindOf = new Map(ballots.map(({ person, kind }) => [person, kind]))
  for (const seat of state.constitution?.seats ?? []) {
    const kind = kindOf.get(seat.person)
    if (!kind) continue
    const faction = seat.faction ?? null
    const tally = tallies.get(faction) ?? { yes: 0, no: 0, abstain: 0, invalid: 0 }
    tally[kind] += 1
    tallies.set(faction, tally)
  }
  return [...tallies].map(([faction, tally]) => ({ faction, tally }))
}

/** Members of a faction, or of none, who can vote. */
export const entitledOf = (state: MeetingState, vote: Vote, faction: string | null): number =>
  vote.entitled.filter((person) => (seatsOf(state).get(person)?.faction ?? null) === faction).length
