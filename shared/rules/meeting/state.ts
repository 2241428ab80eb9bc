import type { Constitution, Matter, Seat } from '../../council/events/constitution.ts'
import type { Candidate } from '../../council/events/election.ts'
import type { Scene } from '../../council/events/projection.ts'
import type { Speaker, SpeechForm } from '../../council/events/speech.ts'
import type { Ballot, Choice, Majority, Tally, VoteMode, VoteSubject } from '../../council/events/vote.ts'
import type { DeedOf } from '../../council/meeting-event.ts'
import type { QuorumFinding } from '../quorum.ts'
import type { VoteFinding } from '../majority.ts'
import type { ElectionFinding, ElectionRound } from '../election.ts'

export type { ElectionRound } from '../election.ts'

/** Milliseconds since 1970, by the clock of whoever wrote the event. */
export type Instant = number

export interface Span {
  readonly from: Instant
  /** Undefined while it lasts. */
  readonly to?: Instant
}

export interface Attendance {
  readonly person: string
  readonly mode: 'room' | 'remote'
  readonly here: boolean
  /** Remote, and the connection is broken: the person does not count meanwhile. */
  readonly cutOff: boolean
  /** Every stay, for the minutes. */
  readonly stays: readonly (Span & { readonly mode: 'room' | 'remote' })[]
  readonly callsToOrder: number
  readonly excluded: boolean
}

export interface ItemState {
  readonly item: string
  readonly public: boolean
  readonly matter: Matter
  readonly status: 'waiting' | 'open' | 'done' | 'deferred' | 'withdrawn'
  /** Times at which the item was dealt with. */
  readonly spans: readonly Span[]
  /** Persons who are kept out of the item. */
  readonly conflicts: readonly { readonly person: string; readonly away: 'table' | 'room' }[]
  /** Added after the invitation. */
  readonly added: boolean
  readonly speakersClosed: boolean
  readonly order: readonly string[]
}

export interface Speech {
  readonly speech: string
  readonly item: string | null
  readonly speaker: Speaker
  readonly form: SpeechForm
  readonly stance?: 'pro' | 'contra'
  readonly about?: string
  readonly requested: Instant
  /** Requested without contact to the hub, with its true time. */
  readonly late: boolean
  readonly status: 'waiting' | 'speaking' | 'paused' | 'done' | 'withdrawn'
  /** Times of speaking; pauses and interruptions lie between them. */
  readonly spans: readonly Span[]
  /** Whether the public was in as it was requested and as long as it lasted: later corrections never publish it. */
  readonly inPublic: boolean
  /** Items that its request and its beginning were about as they were written, or that were on. */
  readonly heardOn: readonly string[]
}

export interface SpeakingBudget {
  readonly item: string | null
  readonly per: 'speech' | 'person' | 'faction'
  readonly faction?: string
  readonly seconds: number
}

export interface Motion {
  readonly motion: string
  readonly item: string
  readonly form: DeedOf<'motion-put'>['form']
  readonly persons: readonly string[]
  readonly faction?: string
  readonly title: string
  readonly text?: string
  readonly changes?: string
  readonly put: Instant
  readonly late: boolean
  readonly status: 'open' | 'withdrawn' | 'accepted' | 'rejected'
}

/** Whether a person may vote, and the rule that says why not. */
export type VotingRight =
  | { readonly kind: 'entitled' }
  | {
      readonly kind: 'excluded'
      readonly because:
        | 'no-vote'
        | 'absent'
        | 'cut-off'
        | 'conflict'
        | 'excluded-from-meeting'
        | 'remote-does-not-count'
        | 'chair-without-vote'
    }

export interface Vote {
  readonly vote: string
  readonly item: string | null
  readonly motion?: string
  readonly question: string
  readonly subject: VoteSubject
  readonly majority: Majority
  readonly mode: VoteMode
  readonly secret: boolean
  readonly opened: Instant
  /** A decision by circulation, without a meeting: when the time for answers ends. */
  readonly until?: Instant
  /** `counting`: closed, and the hub has not sealed it yet. */
  readonly status: 'open' | 'counting' | 'decided' | 'cancelled'
  /** Frozen when the vote opened. */
  readonly entitled: readonly string[]
  readonly present: { readonly room: number; readonly remote: number; readonly counted: number }
  /** Whether the body could decide when the vote opened. */
  readonly quorum: QuorumFinding
  /** Whether it was opened while the public was in: later corrections of times never publish it. */
  readonly inPublic: boolean
  /** The item that its opening was about as it was written, or that was on: the question may speak of that one. */
  readonly about: readonly string[]
  /** Whose ballots are in, never what is in them. */
  readonly received: ReadonlyMap<string, { readonly entered?: { readonly by: string; readonly reason: string } }>
  /** Choices called aloud in a roll call; shown at once, because everybody hears them. */
  readonly called: ReadonlyMap<string, Choice>
  readonly objections: readonly string[]
  /** After the close. */
  readonly ballots?: readonly Ballot[]
  readonly digest?: string
  readonly tally?: Tally
  readonly factions?: readonly { readonly faction: string | null; readonly tally: Tally }[]
  readonly finding?: VoteFinding
}

export interface Election {
  readonly election: string
  readonly item: string
  readonly office: string
  readonly mode: 'paper' | 'open'
  readonly candidates: readonly Candidate[]
  readonly withdrawn: readonly string[]
  readonly rounds: readonly ElectionRound[]
  /** Drawn by lot after the last counted round, in order. */
  readonly drawn: readonly string[]
  readonly status: 'nominating' | 'voting' | 'counted' | 'lot' | 'decided' | 'cancelled'
  /** Whether the public was in whenever somebody was proposed or a round began. */
  readonly inPublic: boolean
  /** Items that those events were about as they were written: what stands in their place may speak of them. */
  readonly about: readonly string[]
  readonly entitled: readonly string[]
  readonly finding?: ElectionFinding
}

export interface Disturbance {
  readonly disturbance: string
  readonly sphere: DeedOf<'disturbance-began'>['sphere']
  readonly person?: string
  readonly what: string
  readonly span: Span
  readonly consequence?: DeedOf<'disturbance-ended'>['consequence']
}

export type RefusalCause =
  /** The author may not do this at all. */
  | 'not-allowed'
  /** It is about somebody else. */
  | 'not-yours'
  | 'not-prepared'
  | 'not-open'
  | 'closed-already'
  /** It names an item, speech, motion, vote, person or election that the log does not know. */
  | 'unknown'
  /** The id is taken. */
  | 'exists-already'
  /** It is so already, or can no longer become so. */
  | 'no-effect'
  /** A closed item while the public is in. */
  | 'public-is-in'
  | 'not-entitled'
  | 'chair-not-in-room'
  | 'needs-a-vote'
  | 'rules-forbid'
  /** More votes than members who could vote, or a time at which it cannot have been. */
  | 'implausible'
  /** What was voted is known: the vote is repeated, not gone on with. */
  | 'ballots-known'

/** An event that changed nothing, with the reason: shown, never lost. */
export interface RefusedEvent {
  readonly event: string
  readonly cause: RefusalCause
}

/** Everything that the log of a meeting says, up to its last event. Every screen is a view of it. */
export interface MeetingState {
  readonly meeting: string
  readonly phase: 'unprepared' | 'prepared' | 'open' | 'paused' | 'closed'
  readonly constitution: Constitution | undefined
  readonly opened?: Instant
  readonly closed?: Instant
  readonly pauses: readonly Span[]
  readonly presiding: string | undefined
  /** Whether the public is in. False until the log proves it: whatever is not proven public is closed. */
  readonly public: boolean
  /** When the part changed between public and closed. */
  readonly parts: readonly (Span & { readonly public: boolean })[]
  /** By person; only who ever came. */
  readonly attendance: ReadonlyMap<string, Attendance>
  /** In the order in which items are dealt with. */
  readonly agenda: readonly ItemState[]
  /** The item that is open. */
  readonly current: string | undefined
  readonly speeches: ReadonlyMap<string, Speech>
  /** Who has the floor; those interrupted wait behind, the last interrupted first. */
  readonly floor: readonly string[]
  /** Outside of items. */
  readonly openFloor: { readonly speakersClosed: boolean; readonly order: readonly string[] }
  readonly budgets: readonly SpeakingBudget[]
  readonly motions: ReadonlyMap<string, Motion>
  readonly motionOrder: ReadonlyMap<string, readonly string[]>
  readonly votes: ReadonlyMap<string, Vote>
  readonly elections: ReadonlyMap<string, Election>
  readonly disturbances: ReadonlyMap<string, Disturbance>
  /** What was chosen for a screen of the room; those that follow the meeting are not named. */
  readonly projections: ReadonlyMap<string, Exclude<Scene, { scene: 'meeting' }>>
  readonly notes: readonly {
    readonly event: string
    readonly at: Instant
    readonly item?: string
    readonly text: string
  }[]
  readonly quorum: QuorumFinding | undefined
  readonly refused: readonly RefusedEvent[]
  /** Event to the correction that holds for it. */
  readonly corrections: ReadonlyMap<string, string>
}

export const seatOf = (state: MeetingState, person: string): Seat | undefined =>
  state.constitution?.seats.find((seat) => seat.person === person)
