import type { Matter } from '../../../council/events/constitution.ts'
import type { Majority, Tally, VoteSubject } from '../../../council/events/vote.ts'
import type { InvitationFinding, Invitation } from '../../deadline.ts'
import type { ElectionFinding } from '../../election.ts'
import type { VoteFinding } from '../../majority.ts'
import type { ElectionRound, VotingRight } from '../../meeting/state.ts'
import type { QuorumFinding } from '../../quorum.ts'
import type { LegalSource } from '../rule-set.ts'
import type { VotingRightQuestion } from '../voting-right.ts'

interface Base {
  readonly id: string
  /** Id of the rule set that the case is decided by. */
  readonly rules: string
  readonly title: string
  readonly situation: string
  readonly source: LegalSource
}

/** A meeting as far as quorum and votes depend on it; enough to be staged with persons. */
export interface Stage {
  /** Members that the law gives the body, its chair among them. */
  readonly statutoryNumber: number
  /** Seats that are taken; all of them where it is left out. */
  readonly members?: number
  readonly call: 'first' | 'second'
  readonly constituent: boolean
  readonly hybrid: boolean
  /** `by-office`: the chair has no elected seat, sits in the room and is one of `room`. */
  readonly chair: 'elected' | 'by-office'
  /** Members present who may take part, in the room and from elsewhere; those with a conflict are not among them. */
  readonly room: number
  readonly remote: number
  /** Members kept out of the item by a conflict of interest; they are besides those above. */
  readonly conflicts: number
  readonly matter: Matter
  readonly secret: boolean
}

export interface QuorumCase extends Base {
  readonly about: 'quorum'
  readonly input: Stage
  readonly expected: Pick<QuorumFinding, 'met' | 'needed' | 'counted' | 'rule'>
}

export interface VoteCase extends Base {
  readonly about: 'vote'
  /** `majority` is the chair's choice; the law's own holds where it has one for the subject. */
  readonly input: Stage & { readonly subject: VoteSubject; readonly majority: Majority; readonly tally: Tally }
  readonly expected: Pick<VoteFinding, 'outcome' | 'majority' | 'needed' | 'of' | 'tie' | 'irregular'>
}

export interface ElectionCase extends Base {
  readonly about: 'election'
  readonly input: { readonly rounds: readonly ElectionRound[]; readonly lot: readonly string[] }
  readonly expected: Pick<ElectionFinding, 'outcome' | 'candidates' | 'needed' | 'of' | 'byLot' | 'lotFor' | 'repeated'>
}

export interface InvitationCase extends Base {
  readonly about: 'invitation'
  readonly input: Invitation
  readonly expected: Pick<InvitationFinding, 'outcome' | 'clearDays' | 'needed' | 'latest' | 'confirm'>
}

export interface VotingRightCase extends Base {
  readonly about: 'voting-right'
  readonly input: VotingRightQuestion
  readonly expected: VotingRight
}

export interface OrderCase extends Base {
  readonly about: 'order'
  readonly input: { readonly callsToOrder: number }
  readonly expected: { readonly mayBeExcluded: boolean; readonly excludedBy: 'chair' | 'body' }
}

export interface MembershipCase extends Base {
  readonly about: 'membership'
  readonly input: { readonly inhabitants: number }
  readonly expected: { readonly statutoryNumber: number }
}

export interface MinutesCase extends Base {
  readonly about: 'minutes'
  readonly input: { readonly meeting: string }
  readonly expected: { readonly latest: string | undefined }
}

/**
 * What the law says about a situation, written from the law and computed by hand: one table for the pure functions, for
 * meetings that are staged event by event, and for the sentences on the screens.
 */
export type LawCase =
  QuorumCase | VoteCase | ElectionCase | InvitationCase | VotingRightCase | OrderCase | MembershipCase | MinutesCase

/** Where a case is told: its name, its place in the law, its title, its story. */
type Story = readonly [id: string, place: string, title: string, situation: string]

/** Who may count on a plain meeting where a case says nothing else. */
const stage: Stage = {
  statutoryNumber: 53,
  call: 'first',
  constituent: false,
  hybrid: true,
  chair: 'by-office',
  room: 53,
  remote: 0,
  conflicts: 0,
  matter: 'ordinary',
  secret: false,
}

const tallyOf = ([yes, no, abstain = 0, invalid = 0]: Votes): Tally => ({ yes, no, abstain, invalid })
/** In favour, against, abstentions, invalid. */
export type Votes = readonly [yes: number, no: number, abstain?: number, invalid?: number]

export interface Round {
  readonly votes: Readonly<Record<string, number>>
  readonly against?: number
  readonly abstain?: number
  readonly invalid?: number
}

const roundOf = ({ votes, against = 0, abstain = 0, invalid = 0 }: Round, index: number): ElectionRound => ({
  round: index + 1,
  candidates: Object.keys(votes),
  entitled: Object.values(votes).reduce((sum, some) => sum + some, 0) + against + abstain + invalid,
  count: { votes: new Map(Object.entries(votes)), against, abstain, invalid },
})

const present: VotingRightQuestion = {
  votes: true,
  elected: true,
  chair: false,
  here: true,
  mode: 'room',
  cutOff: false,
  conflict: false,
  excluded: false,
  matter: 'ordinary',
  secret: false,
  constituent: false,
  hybrid: true,
}

type ToBase = (story: Story) => Base

const decisions = (base: ToBase) => ({
  quorum: (story: Story, input: Partial<Stage>, expected: QuorumCase['expected']): QuorumCase => ({
    ...base(story),
    about: 'quorum',
    input: { ...stage, ...input },
    expected,
  }),
  vote: (
    story: Story,
    input: Partial<Omit<VoteCase['input'], 'tally'>>,
    votes: Votes,
    expected: Omit<VoteCase['expected'], 'majority' | 'tie'> & Partial<VoteCase['expected']>,
  ): VoteCase => ({
    ...base(story),
    about: 'vote',
    input: { ...stage, subject: 'resolution', majority: 'simple', ...input, tally: tallyOf(votes) },
    expected: { majority: input.majority ?? 'simple', tie: false, ...expected },
  }),
  election: (
    story: Story,
    rounds: readonly Round[],
    expected: Omit<ElectionCase['expected'], 'byLot'> & { byLot?: boolean },
    lot: readonly string[] = [],
  ): ElectionCase => ({
    ...base(story),
    about: 'election',
    input: { rounds: rounds.map(roundOf), lot },
    expected: { byLot: false, ...expected },
  }),
})

const circumstances = (base: ToBase) => ({
  invitation: (story: Story, input: Invitation, expected: InvitationCase['expected']): InvitationCase => ({
    ...base(story),
    about: 'invitation',
    input,
    expected,
  }),
  right: (
    story: Story,
    input: Partial<VotingRightQuestion>,
    because?: Extract<VotingRight, { kind: 'excluded' }>['because'],
  ): VotingRightCase => ({
    ...base(story),
    about: 'voting-right',
    input: { ...present, ...input },
    expected: because ? { kind: 'excluded', because } : { kind: 'entitled' },
  }),
  order: (story: Story, callsToOrder: number, expected: OrderCase['expected']): OrderCase => ({
    ...base(story),
    about: 'order',
    input: { callsToOrder },
    expected,
  }),
  membership: (story: Story, inhabitants: number, statutoryNumber: number): MembershipCase => ({
    ...base(story),
    about: 'membership',
    input: { inhabitants },
    expected: { statutoryNumber },
  }),
  minutes: (story: Story, meeting: string, latest: string | undefined): MinutesCase => ({
    ...base(story),
    about: 'minutes',
    input: { meeting },
    expected: { latest },
  }),
})

/** Writers of the cases of one rule set; what a case leaves out is an ordinary item of a full council of 53. */
export function casesOf(rules: string, law: string) {
  const base: ToBase = ([id, place, title, situation]) => ({ id, rules, title, situation, source: { law, place } })
  return { ...decisions(base), ...circumstances(base) }
}
