import * as v from 'valibot'
import { line } from '../../oparl/record.ts'
import { candidateId, count, electionId, eventBody, itemId, organizationId, personId } from './event-body.ts'

export const candidateSchema = v.strictObject({
  candidate: candidateId,
  name: line,
  person: v.optional(personId),
  proposedBy: v.optional(organizationId),
})
export type Candidate = v.InferOutput<typeof candidateSchema>

/** Elections of persons: rounds of counted papers until somebody is elected, by lot at the end where the law says so. */
export const electionBodies = [
  eventBody('election-opened', {
    election: electionId,
    item: itemId,
    /** What is filled, such as "Second deputy mayor". */
    office: line,
    /** `open`: by hand, where the rules allow it and nobody objects. */
    mode: v.picklist(['paper', 'open']),
  }),
  eventBody('candidate-nominated', { election: electionId, candidate: candidateSchema }),
  eventBody('candidate-withdrawn', { election: electionId, candidate: candidateId }),
  eventBody('round-opened', { election: electionId, round: v.pipe(count, v.minValue(1)) }),
  eventBody('round-counted', {
    election: electionId,
    round: v.pipe(count, v.minValue(1)),
    votes: v.array(v.strictObject({ candidate: candidateId, votes: count })),
    /** Against the only candidate; 0 where there are several. */
    against: count,
    abstain: count,
    invalid: count,
  }),
  eventBody('lot-drawn', { election: electionId, candidate: candidateId }),
  eventBody('election-cancelled', { election: electionId, reason: line }),
] as const
