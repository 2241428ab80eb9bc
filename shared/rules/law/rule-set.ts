import type { Majority, VoteMode, VoteSubject } from '../../council/events/vote.ts'
import type { Constitution, Matter } from '../../council/events/constitution.ts'
import type { Sphere } from '../../council/events/attendance.ts'

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

/** What the minutes have to contain. */
export type MinutesContent =
  | 'day'
  | 'place'
  | 'participants'
  | 'absences'
  | 'agenda'
  | 'resolutions'
  | 'results'
  | 'signature-chair'
  | 'signature-clerk'

/** How a rule set reads what no stored source confirmed. */
export type Assumption =
  | 'abstaining-is-present'
  | 'asked-by-circulation'
  | 'chair-rests-in-elections'
  | 'empty-seats'
  | 'first-mayor-votes'
  | 'invitation-days'
  | 'kept-out'
  | 'large-towns'
  | 'member-numbers'
  | 'never-secret'
  | 'objections-after-minutes'
  | 'order-by-majority'
  | 'order-of-agenda'
  | 'order-of-requests'
  | 'recording-consent'
  | 'run-off-by-lot'
  | 'second-call'
  | 'silence-is-no-consent'
  | 'single-candidate'
  | 'two-calls-to-order'
  | 'urgent-notice'

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
  /** What no stored source confirmed, and how the rule set reads it; shown wherever the rule set is named. */
  readonly unconfirmed: readonly { readonly source: LegalSource; readonly assumed: Assumption }[]
  readonly membership: {
    /** Elected members by inhabitants, upwards: the first row whose `upTo` is not exceeded holds; the last has null. */
    readonly electedMembers: readonly { readonly upTo: number | null; readonly members: number }[]
    /** Whether the chair is one member more of the number that the law gives the body. */
    readonly chairIsMember: boolean
    readonly source: LegalSource
  }
  readonly quorum: {
    readonly share: Share
    /** What it is a share of: the number that the law gives the body, or the members that it has, without empty seats. */
    readonly of: 'statutory' | 'members'
    /** Members that it takes in any case, however small the body is. */
    readonly atLeast: number
    readonly source: LegalSource
    /** When members are kept out by conflicts of interest; none: the ordinary quorum holds. */
    readonly withConflicts?: { readonly share: Share; readonly source: LegalSource }
    /**
     * Present members that suffice in a second meeting over the same matters; null: any number. `notFor`: matters
     * for which it takes the ordinary quorum in the second meeting as well.
     */
    readonly secondCall: {
      readonly members: number | null
      readonly notFor: readonly Matter[]
      readonly source: LegalSource
    }
    /** Whether a chair without an elected seat counts, other than where the chair has no vote. */
    readonly countsChair: boolean
  }
  readonly votes: {
    readonly majorities: Readonly<Record<Majority, MajorityRule>>
    /** The majority that a subject needs whatever the chair would choose; others are the chair's choice. */
    readonly needed: Readonly<Partial<Record<VoteSubject, Majority>>>
    readonly modes: readonly VoteMode[]
    readonly abstention: {
      /** False where every member present has to vote for or against. */
      readonly allowed: boolean
      readonly source: LegalSource
    }
    /** How secret votes are held, none where resolutions are open always; and the majority that makes one secret. */
    readonly secret: {
      readonly modes: readonly VoteMode[]
      readonly majority: Majority | null
      readonly source: LegalSource
    }
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
    /** Whether a vote against the only candidate is a valid vote. */
    readonly against: 'valid' | 'invalid'
    /** Share of the papers handed in that, when invalid, has the round repeated. Papers without a name are among them. */
    readonly repeatedWhenInvalid: Share | null
    /** What settles it when more than two have the most votes, so that nobody is sure of the run-off. */
    readonly tieForFirst: 'lot' | 'repeat'
    /** What settles who of several with the second most votes comes into the run-off. */
    readonly tieForSecond: 'lot'
    /** What a tie in the run-off is settled by. */
    readonly tie: 'lot'
    /** Whether the body may vote by hand instead of by secret paper. */
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
    /** Spheres of a disturbance in which the meeting may neither begin nor go on. */
    readonly stoppedBy: readonly Sphere[]
    readonly source: LegalSource
  } | null
  readonly invitation: {
    /** Whole days between the invitation and the meeting; neither of both counts. */
    readonly clearDays: number
    /** With urgency: whole days that must still lie between; and whether the body has to confirm the urgency first. */
    readonly urgent: { readonly clearDays: number; readonly confirmed: boolean; readonly source: LegalSource }
    /** Whether the days are the law's, or a model's that the rules of procedure of the town may change. */
    readonly setBy: 'law' | 'procedure'
    readonly source: LegalSource
  }
  readonly agenda: {
    /** Who puts the items into another order once the meeting is open: the chair alone, or the body by a vote. */
    readonly movedBy: 'chair' | 'body'
    readonly source: LegalSource
  }
  readonly publicity: {
    /** Whether a motion to close or to open a part is itself discussed and decided in the closed part. */
    readonly decidedInClosed: boolean
    /** Whether resolutions of the closed part are announced as soon as the reasons for secrecy are gone. */
    readonly announced: boolean
    readonly source: LegalSource
  }
  readonly recording: {
    /** Ways in which sound and picture may be recorded at all. */
    readonly modes: readonly Constitution['recording'][]
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
    /** Who excludes: the chair alone, or the chair with the consent of the body. */
    readonly excludedBy: 'chair' | 'body'
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
    /** Months until the members should have the minutes; null: the law names none. */
    readonly months: number | null
    readonly contents: readonly MinutesContent[]
    readonly source: LegalSource
    /** By when members object, and how the body decides about it; absent where the law says nothing. */
    readonly objections?: {
      readonly raised: 'next-meeting'
      readonly majority: Majority
      readonly source: LegalSource
    }
  }
}
