import { bavarianCases } from './bayern.ts'
import type { LawCase } from './case.ts'
import { chairCases } from './chair.ts'
import { conflictCases } from './conflicts.ts'
import { electionCases } from './elections.ts'
import { hybridCases } from './hybrid.ts'
import { invitationCases } from './invitations.ts'
import { majorityCases } from './majorities.ts'
import { orderCases } from './order.ts'
import { procedureCases } from './procedure.ts'
import { quorumCases } from './quorum.ts'

export type { LawCase, QuorumCase, Stage, VoteCase, ElectionCase, InvitationCase, VotingRightCase } from './case.ts'

/** Every case of every rule set; new ones are added to the file of their topic. */
export const lawCases: readonly LawCase[] = [
  ...quorumCases,
  ...conflictCases,
  ...hybridCases,
  ...chairCases,
  ...majorityCases,
  ...procedureCases,
  ...electionCases,
  ...invitationCases,
  ...orderCases,
  ...bavarianCases,
]
