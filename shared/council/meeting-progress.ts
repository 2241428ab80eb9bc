import * as v from 'valibot'
import { idOf, instant, line } from '../oparl/record.ts'
import { candidateSchema } from './events/election.ts'
import { count, electionId, itemId, organizationId, personId, voteId } from './events/event-body.ts'
import { projectorId } from './events/projection.ts'
import { speechForms } from './events/speech.ts'
import { choices, majorities, tallySchema, voteSubjects } from './events/vote.ts'

const span = v.strictObject({ from: instant, to: v.optional(instant) })
const source = v.strictObject({ law: line, place: line })

const publicVote = v.strictObject({
  vote: voteId,
  item: v.nullable(itemId),
  question: line,
  subject: v.picklist(voteSubjects),
  majority: v.picklist(majorities),
  secret: v.boolean(),
  opened: instant,
  status: v.picklist(['open', 'counting', 'decided']),
  /** How many may vote, and how many have. */
  entitled: count,
  received: count,
  tally: v.optional(tallySchema),
  factions: v.optional(
    v.array(v.strictObject({ faction: v.nullable(organizationId), name: v.optional(line), tally: tallySchema })),
  ),
  /** Who voted how; of votes by name alone, which everybody in the room hears. */
  named: v.optional(v.array(v.strictObject({ person: personId, name: line, choice: v.picklist(choices) }))),
  finding: v.optional(
    v.strictObject({
      outcome: v.picklist(['accepted', 'rejected', 'not-quorate']),
      needed: count,
      of: count,
      base: v.picklist(['votes', 'present', 'statutory']),
      tie: v.boolean(),
      source,
    }),
  ),
})
export type PublicVote = v.InferOutput<typeof publicVote>

const publicElection = v.strictObject({
  election: electionId,
  item: itemId,
  office: line,
  status: v.picklist(['nominating', 'voting', 'counted', 'lot', 'decided']),
  candidates: v.array(candidateSchema),
  rounds: v.array(
    v.strictObject({
      round: count,
      votes: v.array(v.strictObject({ candidate: candidateSchema.entries.candidate, votes: count })),
      against: count,
      abstain: count,
      invalid: count,
    }),
  ),
  elected: v.array(candidateSchema.entries.candidate),
  byLot: v.boolean(),
})
export type PublicElection = v.InferOutput<typeof publicElection>

/** The screens of the room that show it; not told by hubs that did not know of it. */
const projectors = v.optional(v.array(projectorId))

/**
 * What screens of the room show beside the course itself. Which file a page is of, the item tells; of a board it is told
 * that one is shown.
 */
const publicScreen = v.variant('show', [
  v.strictObject({ show: v.literal('text'), text: line, projectors }),
  v.strictObject({ show: v.literal('paper'), item: itemId, page: count, projectors }),
  v.strictObject({ show: v.literal('board'), item: itemId, projectors }),
  v.strictObject({ show: v.literal('slate'), projectors }),
])
export type PublicScreen = v.InferOutput<typeof publicScreen>

/**
 * What everybody may know of how a meeting goes, while it goes and afterwards: its public part, and of the closed part
 * nothing but that it is on. The publisher alone writes it, into `public`.
 */
export const meetingProgressSchema = v.strictObject({
  _id: idOf('progress'),
  _rev: v.optional(v.string()),
  type: v.literal('progress'),
  schema: v.literal(1),
  created: instant,
  modified: instant,
  meeting: idOf('meeting'),
  phase: v.picklist(['open', 'paused', 'closed']),
  opened: instant,
  closed: v.optional(instant),
  /** Whether the public is in at this moment. */
  public: v.boolean(),
  current: v.optional(itemId),
  items: v.array(
    v.strictObject({
      item: itemId,
      status: v.picklist(['waiting', 'open', 'done', 'deferred', 'withdrawn']),
      spans: v.array(span),
    }),
  ),
  speaker: v.optional(
    v.strictObject({ name: line, faction: v.optional(line), form: v.picklist(speechForms), since: instant }),
  ),
  /** Who had the floor while the public was in, and when; in the order in which they spoke first. */
  speeches: v.optional(
    v.array(v.strictObject({ item: v.nullable(itemId), name: line, faction: v.optional(line), spans: v.array(span) })),
  ),
  present: v.optional(v.strictObject({ room: count, remote: count })),
  quorum: v.optional(v.strictObject({ met: v.boolean(), needed: count, counted: count, source })),
  screens: v.optional(v.array(publicScreen)),
  votes: v.array(publicVote),
  elections: v.array(publicElection),
})
export type PublicSpeech = NonNullable<v.InferOutput<typeof meetingProgressSchema>['speeches']>[number]
export type MeetingProgress = v.InferOutput<typeof meetingProgressSchema>

/** The id under which the progress of a meeting is published. */
export const progressId = (meeting: string): string => `progress:${meeting.slice(meeting.indexOf(':') + 1)}`

/** The progress that a document of `public` holds; undefined when it is none or not valid. */
export function readMeetingProgress(document: unknown): MeetingProgress | undefined {
  const outcome = v.safeParse(meetingProgressSchema, document)
  return outcome.success ? outcome.output : undefined
}
