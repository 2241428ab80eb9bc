import type { DeedOf } from '../../../../shared/council/meeting-event.ts'
import {
  majorities,
  voteModes,
  voteSubjects,
  type Majority,
  type VoteMode,
  type VoteSubject,
} from '../../../../shared/council/events/vote.ts'
import type { LegalSource, RuleSet } from '../../../../shared/rules/law/rule-set.ts'
import type { MeetingState, Motion, Vote } from '../../../../shared/rules/meeting/state.ts'

/** A vote that the chair prepares. */
export type VoteDraft = Omit<DeedOf<'vote-opened'>, 'kind' | 'vote'>

/** What is voted on: an item or a motion; or only how to go on. */
export interface VoteTopic {
  readonly item: string | null
  readonly motion?: Pick<Motion, 'motion' | 'form' | 'title'>
  readonly subject?: VoteSubject
  /** Wording to begin with. */
  readonly question: string
}

export const draftVote = (topic: VoteTopic, rules: RuleSet, mode: VoteMode): VoteDraft =>
  fitToRules(
    {
      item: topic.item,
      question: topic.question,
      subject: topic.subject ?? (topic.motion?.form === 'procedure' ? 'procedure' : 'resolution'),
      majority: 'simple',
      mode,
      secret: false,
      ...(topic.motion ? { motion: topic.motion.motion } : {}),
    },
    rules,
  )

/** The majority that the law asks for whatever the chair would choose; undefined where the chair chooses. */
export const neededMajority = (subject: VoteSubject, rules: RuleSet): Majority | undefined =>
  rules.votes.needed[subject]

export const sourceOfMajority = (majority: Majority, rules: RuleSet): LegalSource =>
  rules.votes.majorities[majority].source

/** What a meeting votes on; a decision by circulation is one without a meeting. */
export const subjectsInMeeting: readonly VoteSubject[] = voteSubjects.filter((subject) => subject !== 'circular')

export const allMajorities: readonly Majority[] = majorities

/** Why a way of voting cannot be chosen: the rules do not know it, or the vote is secret. */
export interface ModeChoice {
  readonly mode: VoteMode
  readonly blocked?: 'not-in-rules' | 'secret'
  readonly source?: LegalSource
}

export const modeChoices = (draft: Pick<VoteDraft, 'secret'>, rules: RuleSet): ModeChoice[] =>
  voteModes.map((mode) => {
    if (!rules.votes.modes.includes(mode)) return { mode, blocked: 'not-in-rules' }
    if (draft.secret && !rules.votes.secret.modes.includes(mode))
      return { mode, blocked: 'secret', source: rules.votes.secret.source }
    return { mode }
  })

/** The nearest draft that the rules allow: the majority that the law asks for, and a way of voting that is possible. */
export function fitToRules(draft: VoteDraft, rules: RuleSet): VoteDraft {
  const majority = neededMajority(draft.subject, rules) ?? draft.majority
  const possible = modeChoices(draft, rules).filter(({ blocked }) => blocked === undefined)
  const mode = possible.some((choice) => choice.mode === draft.mode) ? draft.mode : (possible[0]?.mode ?? draft.mode)
  return { ...draft, majority, mode }
}

export type DraftFault =
  'not-open' | 'item-not-open' | 'vote-running' | 'nobody-entitled' | 'no-question' | 'question-too-long'

const longestQuestion = 4000

/** What keeps the vote from being opened now, the most pressing first. */
export function draftFaults(draft: VoteDraft, state: MeetingState, entitled: number): DraftFault[] {
  const faults: DraftFault[] = []
  if (state.phase !== 'open') faults.push('not-open')
  else if (draft.item !== null && draft.item !== state.current) faults.push('item-not-open')
  if (runningVote(state)?.status === 'open') faults.push('vote-running')
  if (entitled === 0) faults.push('nobody-entitled')
  if (draft.question.trim() === '') faults.push('no-question')
  if (draft.question.length > longestQuestion) faults.push('question-too-long')
  return faults
}

/** The vote that is open, else the last one that is still being counted. */
export function runningVote(state: Pick<MeetingState, 'votes'>): Vote | undefined {
  const votes = [...state.votes.values()]
  return votes.find(({ status }) => status === 'open') ?? votes.findLast(({ status }) => status === 'counting')
}
