import * as v from 'valibot'
import { line } from '../../oparl/record.ts'
import { count, eventBody, itemId, longText, motionId, organizationId, personId, reason, voteId } from './event-body.ts'

export const choices = ['yes', 'no', 'abstain'] as const
export type Choice = (typeof choices)[number]

/** What a vote decides; some subjects have a majority of their own in every rule set. */
export const voteSubjects = [
  'resolution',
  'procedure',
  'urgency',
  'extension',
  'publicity',
  'recording',
  'exclusion',
  'circular',
] as const
export type VoteSubject = (typeof voteSubjects)[number]

export const majorities = [
  'simple',
  'statutory',
  'two-thirds-statutory',
  'two-thirds-present',
  'two-thirds-votes',
  'unanimous-present',
  'unanimous-statutory',
] as const
/** `simple`: of the valid votes for and against; `statutory`: of the number that the law gives the body. */
export type Majority = (typeof majorities)[number]

/**
 * How ballots come in: each from a device, hands counted, names called one by one, counted by faction, settled unless
 * somebody objects, or on paper and counted.
 */
export const voteModes = ['devices', 'hand', 'roll-call', 'faction', 'no-objection', 'paper'] as const
export type VoteMode = (typeof voteModes)[number]

export const tallySchema = v.strictObject({ yes: count, no: count, abstain: count, invalid: count })
export type Tally = v.InferOutput<typeof tallySchema>

export const ballotSchema = v.strictObject({ person: personId, choice: v.picklist(choices) })
export type Ballot = v.InferOutput<typeof ballotSchema>

/** `main`: what the paper proposes; `procedure`: how to go on. */
export const motionForms = ['main', 'amendment', 'procedure'] as const

/** What is proposed, and how it is voted on. */
export const voteBodies = [
  eventBody('motion-put', {
    motion: motionId,
    item: itemId,
    form: v.picklist(motionForms),
    /** Who puts it: persons, a faction, or neither where it is the administration's. */
    persons: v.array(personId),
    faction: v.optional(organizationId),
    title: line,
    text: v.optional(longText),
    /** Wording that an amendment changes, so that its lines can be compared. */
    changes: v.optional(longText),
  }),
  eventBody('motion-withdrawn', { motion: motionId }),
  /** The chair's order, the most far-reaching first. */
  eventBody('motions-ordered', { item: itemId, order: v.array(motionId) }),
  eventBody('vote-opened', {
    vote: voteId,
    item: v.nullable(itemId),
    motion: v.optional(motionId),
    question: line,
    subject: v.picklist(voteSubjects),
    majority: v.picklist(majorities),
    mode: v.picklist(voteModes),
    secret: v.boolean(),
    /** Of a decision by circulation: milliseconds since 1970 up to which members answer. */
    until: v.optional(count),
  }),
  /** The hub alone: whose ballots it holds by now; never what is in them. */
  eventBody('ballots-received', {
    vote: voteId,
    ballots: v.array(
      v.strictObject({
        person: personId,
        /** When the hub took it, in milliseconds since 1970; said where answers have a deadline. */
        at: v.optional(count),
        /** The chair entered it in the person's place. */
        entered: v.optional(v.strictObject({ by: v.string(), reason: line })),
      }),
    ),
  }),
  eventBody('vote-closed', { vote: voteId }),
  /** The hub alone: the counted ballots, with the SHA-256 of the list as it was sealed. */
  eventBody('vote-sealed', { vote: voteId, ballots: v.array(ballotSchema), digest: v.string() }),
  eventBody('roll-called', { vote: voteId, person: personId, choice: v.picklist(choices) }),
  /** Hands or papers counted, and how each faction voted where that was counted. */
  eventBody('votes-counted', {
    vote: voteId,
    tally: tallySchema,
    factions: v.optional(v.array(v.strictObject({ faction: v.nullable(organizationId), tally: tallySchema }))),
  }),
  eventBody('objection-raised', { vote: voteId, person: personId }),
  eventBody('vote-cancelled', { vote: voteId, reason }),
] as const
