import { judgeInvitation, latestMinutesDay, type InvitationFinding } from '../deadline.ts'
import { electionFinding, type ElectionFinding } from '../election.ts'
import { majorityFor, voteFinding, type VoteFinding } from '../majority.ts'
import type { VotingRight } from '../meeting/state.ts'
import { quorumFinding, type QuorumFinding } from '../quorum.ts'
import type { LawCase, Stage, VoteCase } from './cases/case.ts'
import { ruleSet } from './index.ts'
import type { RuleSet } from './rule-set.ts'
import {
  chairByOfficeCounts,
  mayBeExcluded,
  membersToAgree,
  remoteCounts,
  statutoryNumberFor,
  statutoryNumberOf,
  votingRightOf,
} from './voting-right.ts'

export type CaseFinding =
  | { readonly about: 'quorum'; readonly finding: QuorumFinding }
  | { readonly about: 'vote'; readonly finding: VoteFinding; readonly quorum: QuorumFinding }
  | { readonly about: 'election'; readonly finding: ElectionFinding }
  | { readonly about: 'invitation'; readonly finding: InvitationFinding }
  | { readonly about: 'voting-right'; readonly finding: VotingRight }
  | { readonly about: 'order'; readonly finding: { readonly mayBeExcluded: boolean; readonly excludedBy: string } }
  | { readonly about: 'membership'; readonly finding: { readonly statutoryNumber: number | undefined } }
  | { readonly about: 'minutes'; readonly finding: { readonly latest: string | undefined } }

/** The quorum on a stage: a chair whose vote rests on the matter leaves both the room's count and the body's number. */
export function quorumOf(rules: RuleSet, stage: Stage): QuorumFinding {
  const chairElected = stage.chair === 'elected'
  const statutoryNumber = statutoryNumberFor(rules, { ...stage, chairElected })
  const without = stage.statutoryNumber - statutoryNumber
  const counts = chairElected || chairByOfficeCounts(rules, stage.matter)
  return quorumFinding(rules, {
    statutoryNumber,
    ...(stage.members !== undefined && { members: stage.members - without }),
    call: stage.call,
    room: counts ? stage.room : stage.room - 1,
    remote: stage.remote,
    remoteCounts: remoteCounts(rules, stage),
    conflicts: stage.conflicts,
    matter: stage.matter,
  })
}

function voteOf(rules: RuleSet, { input }: VoteCase): { finding: VoteFinding; quorum: QuorumFinding } {
  const quorum = quorumOf(rules, input)
  const finding = voteFinding(rules, {
    majority: majorityFor(rules, input.subject, input.majority),
    tally: input.tally,
    statutoryNumber:
      input.subject === 'circular' ? membersToAgree(quorum.statutory, input.conflicts) : quorum.statutory,
    present: quorum.counted,
    quorate: quorum.met,
  })
  return { finding, quorum }
}

/** What the pure functions say about a case of the table. */
export function findingOfCase(law: LawCase): CaseFinding {
  const rules = ruleSet(law.rules)!
  switch (law.about) {
    case 'quorum':
      return { about: law.about, finding: quorumOf(rules, law.input) }
    case 'vote':
      return { about: law.about, ...voteOf(rules, law) }
    case 'election':
      return { about: law.about, finding: electionFinding(rules, law.input)! }
    case 'invitation':
      return { about: law.about, finding: judgeInvitation(rules, law.input) }
    case 'voting-right':
      return { about: law.about, finding: votingRightOf(rules, law.input) }
    case 'order':
      return {
        about: law.about,
        finding: {
          mayBeExcluded: mayBeExcluded(rules, law.input.callsToOrder),
          excludedBy: rules.order.excludedBy,
        },
      }
    case 'membership':
      return {
        about: law.about,
        finding: { statutoryNumber: statutoryNumberOf(rules, law.input.inhabitants) },
      }
    case 'minutes':
      return { about: law.about, finding: { latest: latestMinutesDay(rules, law.input.meeting) } }
  }
}
