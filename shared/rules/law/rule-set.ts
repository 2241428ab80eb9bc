import type { Majority, VoteMode, VoteSubject } from '../../council/events/vote.ts'
import type { Matter } from '../../council/events/constitution.ts'

/** Where a rule stands, as a lawyer cites it: "§ 39 Abs. 1 Satz 1 GemO". */
export interface LegalSource {
  readonly law: string
  readonly place: string
}

/** A share of a number: `more-than` a half is 27 of 52, `at-least` two thirds is 35 of 52. */
export interface Share {
  readonly bound: 'more-than' | 'at-least'
  readonly numerator: number
  readonly denominator: number
}

export interface MajorityRule {
  readonly share: Share
  /** What it is a share of: valid votes for and against, members present, or the number that the law gives the body. */
  readonly of: 'votes' | 'present' | 'statutory'
  readonly source: LegalSource
}

/**
 * The law of a Land as data, versioned: chosen when a meeting is prepared, named in its log by its id, never changed
 * afterwards. A new version of a law is a new rule set.
 */
export interface RuleSet {
  readonly id: string
  /** ISO 3166-2 code of the Land, such as `DE-RP`. */
  readonly land: string
  /** Name of the law, and the day (`yyyy-mm-dd`) from which this version holds. */
  readonly name: string
  readonly since: string
  readonly quorum: {
    readonly share: Share
    readonly source: LegalSource
    /** When members are kept out by conflicts of interest; none: the ordinary quorum holds. */
    readonly withConflicts?: { readonly share: Share; readonly source: LegalSource }
    /** Present members that suffice in a second meeting over the same matters; null: any number. */
    readonly secondCall: { readonly members: number | null; readonly source: LegalSource }
    /** Whether the chair counts where the chair has no elected seat. */
    readonly countsChair: boolean
  }
  readonly votes: {
    readonly majorities: Readonly<Record<Majority, MajorityRule>>
    /** The majority that a subject needs whatever the chair would choose; others are the chair's choice. */
    readonly needed: Readonly<Partial<Record<VoteSubject, Majority>>>
    readonly modes: readonly VoteMode[]
    /** False where every member present has to vote for or against. */
    readonly abstention: boolean
    readonly secret: { readonly modes: readonly VoteMode[]; readonly source: LegalSource }
    readonly tie: { readonly outcome: 'rejected'; readonly source: LegalSource }
    /** Decisions without a meeting; null: not allowed. */
    readonly circular: { readonly majority: Majority; readonly source: LegalSource } | null
    /** Subjects on which a chair without an elected seat has no vote. */
    readonly chairWithoutVote: { readonly matters: readonly Matter[]; readonly source: LegalSource }
  }
  readonly elections: {
    /** Share of the valid votes that elects. */
    readonly share: Share
    /** Rounds in which that share is needed among all candidates, before the run-off. */
    readonly openRounds: number
    /** What a tie in the run-off is settled by. */
    readonly tie: 'lot'
    /** Whether a vote by hand is allowed when nobody objects. */
    readonly open: boolean
    readonly source: LegalSource
  }
  readonly hybrid: {
    readonly allowed: boolean
    /** Matters on which remote members do not count as present. */
    readonly roomOnly: readonly Matter[]
    /** A constituent meeting and secret votes are for the room alone. */
    readonly constituentInRoom: boolean
    readonly secretInRoom: boolean
    readonly chairInRoom: boolean
    readonly source: LegalSource
  } | null
  readonly invitation: {
    /** Whole days between the invitation and the meeting; neither of both counts. */
    readonly clearDays: number
    /** With urgency: whole days that must still lie between; and whether the body has to confirm the urgency first. */
    readonly urgent: { readonly clearDays: number; readonly confirmed: boolean }
    readonly source: LegalSource
  }
  readonly conflict: {
    /** Where the person goes while the item is dealt with in public, and in a closed part. */
    readonly inPublic: 'table' | 'room'
    readonly inClosed: 'room'
    readonly source: LegalSource
  }
  readonly order: {
    /** Calls to order in one meeting after which a member may be excluded. */
    readonly callsBeforeExclusion: number
    readonly source: LegalSource
  }
  readonly speaking: {
    /** How the list is balanced: as requested, factions in turn, or for and against in turn. */
    readonly order: 'requests' | 'factions' | 'alternating'
    /** Seconds for one speech; null: no limit. */
    readonly perSpeech: number | null
    readonly source: LegalSource
  }
  readonly minutes: {
    /** Months until the members have the minutes. */
    readonly months: number
    readonly contents: readonly string[]
    readonly source: LegalSource
  }
}
