import Ban from '@lucide/svelte/icons/ban'
import Check from '@lucide/svelte/icons/check'
import FileText from '@lucide/svelte/icons/file-text'
import Hand from '@lucide/svelte/icons/hand'
import ListOrdered from '@lucide/svelte/icons/list-ordered'
import Minus from '@lucide/svelte/icons/minus'
import Smartphone from '@lucide/svelte/icons/smartphone'
import ThumbsUp from '@lucide/svelte/icons/thumbs-up'
import Users from '@lucide/svelte/icons/users'
import X from '@lucide/svelte/icons/x'
import type { Choice, Majority, VoteMode, VoteSubject } from '../../../shared/council/events/vote.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { VotingRight } from '../../../shared/rules/meeting/state.ts'
import type { BallotFailure } from '../../data/contract.ts'
import { formatInstant } from '../../ui/format/dates.ts'
import type { IconGlyph } from '../../ui/icon/glyph.ts'
import type { CountFault, TallyField } from './counting/count.ts'
import type { DraftFault } from './opening/vote-draft.ts'

export const choiceWords: Readonly<Record<Choice, () => string>> = {
  yes: m.votes_yes,
  no: m.votes_no,
  abstain: m.votes_abstain,
}
export const fieldWords: Readonly<Record<TallyField, () => string>> = { ...choiceWords, invalid: m.votes_invalid }
/** A shape for each choice, so that colour is never all there is. */
export const fieldGlyphs: Readonly<Record<TallyField, IconGlyph>> = { yes: Check, no: X, abstain: Minus, invalid: Ban }

export const subjectWords: Readonly<Record<VoteSubject, () => string>> = {
  resolution: m.votes_subject_resolution,
  procedure: m.votes_subject_procedure,
  urgency: m.votes_subject_urgency,
  extension: m.votes_subject_extension,
  publicity: m.votes_subject_publicity,
  recording: m.votes_subject_recording,
  exclusion: m.votes_subject_exclusion,
  circular: m.votes_subject_circular,
}
/** What is asked when a vote is about how to go on. */
export const subjectQuestions: Readonly<Partial<Record<VoteSubject, () => string>>> = {
  urgency: m.votes_question_urgency,
  extension: m.votes_question_extension,
  publicity: m.votes_question_publicity,
  recording: m.votes_question_recording,
  exclusion: m.votes_question_exclusion,
}
export const majorityWords: Readonly<Record<Majority, () => string>> = {
  simple: m.votes_majority_simple,
  statutory: m.votes_majority_statutory,
  'two-thirds-statutory': m.votes_majority_two_thirds_statutory,
  'two-thirds-present': m.votes_majority_two_thirds_present,
  'two-thirds-votes': m.votes_majority_two_thirds_votes,
  'unanimous-present': m.votes_majority_unanimous_present,
  'unanimous-statutory': m.votes_majority_unanimous_statutory,
}
export const modeWords: Readonly<Record<VoteMode, () => string>> = {
  devices: m.votes_mode_devices,
  hand: m.votes_mode_hand,
  'roll-call': m.votes_mode_roll_call,
  faction: m.votes_mode_faction,
  'no-objection': m.votes_mode_no_objection,
  paper: m.votes_mode_paper,
}
export const modeGlyphs: Readonly<Record<VoteMode, IconGlyph>> = {
  devices: Smartphone,
  hand: Hand,
  'roll-call': ListOrdered,
  faction: Users,
  'no-objection': ThumbsUp,
  paper: FileText,
}

type Because = Extract<VotingRight, { kind: 'excluded' }>['because']
/** Why somebody has no vote, said about a third person. */
export const exclusionWords: Readonly<Record<Because, () => string>> = {
  'no-vote': m.votes_excluded_no_vote,
  absent: m.votes_excluded_absent,
  'cut-off': m.votes_excluded_cut_off,
  conflict: m.votes_excluded_conflict,
  'excluded-from-meeting': m.votes_excluded_from_meeting,
  'remote-does-not-count': m.votes_excluded_remote,
  'chair-without-vote': m.votes_excluded_chair,
}
/** The same, said to that person, with what can be done about it. */
export const myExclusionWords: Readonly<Record<Because, () => string>> = {
  'no-vote': m.votes_my_excluded_no_vote,
  absent: m.votes_my_excluded_absent,
  'cut-off': m.votes_my_excluded_cut_off,
  conflict: m.votes_my_excluded_conflict,
  'excluded-from-meeting': m.votes_my_excluded_from_meeting,
  'remote-does-not-count': m.votes_my_excluded_remote,
  'chair-without-vote': m.votes_my_excluded_chair,
}

export const draftFaultWords: Readonly<Record<DraftFault, () => string>> = {
  'not-open': m.votes_fault_not_open,
  'item-not-open': m.votes_fault_item_not_open,
  'vote-running': m.votes_fault_vote_running,
  'nobody-entitled': m.votes_fault_nobody,
  'no-question': m.votes_fault_no_question,
  'question-too-long': m.votes_fault_question_long,
}

export const ballotFailureWords: Readonly<Record<BallotFailure, () => string>> = {
  offline: m.votes_ballot_offline,
  closed: m.votes_ballot_closed,
  'not-entitled': m.votes_ballot_not_entitled,
  failed: m.votes_ballot_failed,
}

/** What is wrong with a count, in a sentence that says how to mend it. */
export function describeCountFault(fault: CountFault): string {
  switch (fault.kind) {
    case 'missing':
      return m.votes_count_missing({ field: fieldWords[fault.field]() })
    case 'not-a-number':
      return m.votes_count_not_a_number({ field: fieldWords[fault.field]() })
    case 'no-abstention':
      return m.votes_count_no_abstention()
    case 'too-many':
      return m.votes_count_too_many({
        counted: fault.counted,
        entitled: fault.entitled,
        over: fault.counted - fault.entitled,
      })
  }
}

/** The second of an instant (RFC 3339) by the town's clock: receipts are told to the second. */
export const formatSecond = (instant: string): string => formatInstant(instant, 'second')
