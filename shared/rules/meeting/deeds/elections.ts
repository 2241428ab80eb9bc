import type { DeedOf } from '../../../council/meeting-event.ts'
import { electionFinding, type ElectionFinding } from '../../election.ts'
import { entitledTo, quorumOf, type Decision } from '../../voting-right.ts'
import type { Election, ElectionRound } from '../state.ts'
import { byPresidents, inSession, running, type DeedRules, type Judgement, type Moment } from './deed-rule.ts'
import { itemOf, rulesOf, type Draft } from './draft.ts'

const statusAfter = (finding: ElectionFinding | undefined): Election['status'] => {
  if (finding?.outcome === 'elected' || finding?.outcome === 'not-elected') return 'decided'
  return finding?.outcome === 'lot' ? 'lot' : 'counted'
}

/** Whom a round is among: everybody nominated at first, later those whom the law admits. */
function candidatesOf({ candidates, withdrawn, finding }: Election): string[] {
  const admitted = finding?.candidates ?? candidates.map(({ candidate }) => candidate)
  return admitted.filter((candidate) => !withdrawn.includes(candidate))
}

type Openness = Pick<Election, 'inPublic' | 'about'>

/** How public an election is after one more event of it. */
const opennessOf = ({ inPublic, about }: Openness, moment: Moment): Openness => ({
  inPublic: inPublic && moment.inPublic,
  about: moment.about === undefined || about.includes(moment.about) ? about : [...about, moment.about],
})

function openElection(
  draft: Draft,
  { election, item, office, mode }: DeedOf<'election-opened'>,
  moment: Moment,
): Judgement {
  const { state } = draft
  if (state.elections.has(election)) return 'exists-already'
  if (!itemOf(state, item)) return 'unknown'
  if (item !== state.current) return 'not-open'
  if (mode === 'open' && !rulesOf(state).elections.open) return 'rules-forbid'
  draft.put('elections', election, {
    election,
    item,
    office,
    mode,
    candidates: [],
    withdrawn: [],
    rounds: [],
    drawn: [],
    status: 'nominating',
    ...opennessOf({ inPublic: true, about: [] }, moment),
    entitled: [],
  })
  return undefined
}

function nominate(draft: Draft, { election: id, candidate }: DeedOf<'candidate-nominated'>, moment: Moment): Judgement {
  const election = draft.state.elections.get(id)
  if (!election) return 'unknown'
  if (election.status !== 'nominating') return 'no-effect'
  if (election.candidates.some((other) => other.candidate === candidate.candidate)) return 'exists-already'
  const candidates = [...election.candidates, candidate]
  draft.put('elections', id, { ...election, ...opennessOf(election, moment), candidates })
  return undefined
}

function withdraw(draft: Draft, { election: id, candidate }: DeedOf<'candidate-withdrawn'>): Judgement {
  const election = draft.state.elections.get(id)
  if (!election?.candidates.some((other) => other.candidate === candidate)) return 'unknown'
  if (election.withdrawn.includes(candidate)) return 'no-effect'
  if (election.status !== 'nominating' && election.status !== 'counted') return 'no-effect'
  draft.put('elections', id, { ...election, withdrawn: [...election.withdrawn, candidate] })
  return undefined
}

function openRound(draft: Draft, { election: id, round }: DeedOf<'round-opened'>, moment: Moment): Judgement {
  const { state } = draft
  const election = state.elections.get(id)
  if (!election) return 'unknown'
  if (election.status !== 'nominating' && election.status !== 'counted') return 'no-effect'
  if (election.item !== state.current) return 'not-open'
  const candidates = candidatesOf(election)
  if (round !== election.rounds.length + 1 || candidates.length === 0) return 'no-effect'
  const rules = rulesOf(state)
  const decision: Decision = { item: election.item, secret: election.mode === 'paper', matter: 'election' }
  const entitled = entitledTo(state, rules, decision)
  const quorum = quorumOf(state, rules, decision)
  if (!quorum) return 'not-prepared'
  const opened: ElectionRound = { round, candidates, entitled: entitled.length, quorum }
  draft.put('elections', id, {
    ...election,
    ...opennessOf(election, moment),
    status: 'voting',
    entitled,
    rounds: [...election.rounds, opened],
  })
  return undefined
}

/** Papers must not be more than members who could hand one in, and only for those who stood. */
function judgeCount(round: ElectionRound, deed: DeedOf<'round-counted'>): Judgement {
  const named = deed.votes.map(({ candidate }) => candidate)
  if (named.some((candidate) => !round.candidates.includes(candidate))) return 'unknown'
  if (new Set(named).size < named.length) return 'implausible'
  if (deed.against > 0 && round.candidates.length > 1) return 'implausible'
  const papers = deed.votes.reduce((sum, { votes }) => sum + votes, deed.against + deed.abstain + deed.invalid)
  return papers > round.entitled ? 'implausible' : undefined
}

function enterRound(draft: Draft, deed: DeedOf<'round-counted'>): Judgement {
  const { state } = draft
  const election = state.elections.get(deed.election)
  const last = election?.rounds.at(-1)
  if (!election) return 'unknown'
  if (!last || election.status !== 'voting' || last.round !== deed.round) return 'no-effect'
  const cause = judgeCount(last, deed)
  if (cause) return cause
  const { against, abstain, invalid } = deed
  const given = new Map(deed.votes.map(({ candidate, votes }) => [candidate, votes]))
  const votes = new Map(last.candidates.map((candidate) => [candidate, given.get(candidate) ?? 0]))
  const rounds = [...election.rounds.slice(0, -1), { ...last, count: { votes, against, abstain, invalid } }]
  const finding = electionFinding(rulesOf(state), { rounds })
  const { finding: _before, ...rest } = election
  draft.put('elections', deed.election, {
    ...rest,
    rounds,
    drawn: [],
    status: statusAfter(finding),
    ...(finding ? { finding } : {}),
  })
  return undefined
}

function drawLot(draft: Draft, { election: id, candidate }: DeedOf<'lot-drawn'>): Judgement {
  const { state } = draft
  const election = state.elections.get(id)
  if (!election) return 'unknown'
  if (election.status !== 'lot') return 'no-effect'
  if (!election.finding?.candidates.includes(candidate)) return 'unknown'
  if (election.drawn.includes(candidate)) return 'no-effect'
  const drawn = [...election.drawn, candidate]
  const finding = electionFinding(rulesOf(state), { rounds: election.rounds, lot: drawn })
  if (!finding) return 'no-effect'
  draft.put('elections', id, { ...election, drawn, status: statusAfter(finding), finding })
  return undefined
}

type ElectionKind =
  | 'election-opened'
  | 'candidate-nominated'
  | 'candidate-withdrawn'
  | 'round-opened'
  | 'round-counted'
  | 'lot-drawn'
  | 'election-cancelled'

/** Elections of persons, round by round. */
export const electionRules: DeedRules<ElectionKind> = {
  'election-opened': { phases: inSession, may: byPresidents, effect: openElection },
  'candidate-nominated': { phases: running, may: byPresidents, effect: nominate },
  'candidate-withdrawn': { phases: running, may: byPresidents, effect: withdraw },
  'round-opened': { phases: inSession, may: byPresidents, effect: openRound },
  'round-counted': { phases: running, may: byPresidents, effect: enterRound },
  'lot-drawn': { phases: running, may: byPresidents, effect: drawLot },
  'election-cancelled': {
    phases: running,
    may: byPresidents,
    effect: (draft, { election: id }) => {
      const election = draft.state.elections.get(id)
      if (!election) return 'unknown'
      if (election.status === 'decided' || election.status === 'cancelled') return 'no-effect'
      draft.put('elections', id, { ...election, status: 'cancelled' })
      return undefined
    },
  },
}
