import { m } from '../../../shared/i18n/index.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { RefusalCause } from '../../../shared/rules/meeting/state.ts'

const causes: Readonly<Record<RefusalCause, () => string>> = {
  'not-allowed': m.votes_refused_not_allowed,
  'not-yours': m.votes_refused_not_yours,
  'not-prepared': m.votes_refused_not_open,
  'not-open': m.votes_refused_not_open,
  'closed-already': m.votes_refused_closed,
  unknown: m.votes_refused_unknown,
  'exists-already': m.votes_refused_exists,
  'no-effect': m.votes_refused_no_effect,
  'public-is-in': m.votes_refused_public,
  'not-entitled': m.votes_refused_not_entitled,
  'chair-not-in-room': m.votes_refused_chair,
  'needs-a-vote': m.votes_refused_needs_vote,
  'rules-forbid': m.votes_refused_rules,
  implausible: m.votes_refused_implausible,
  'ballots-known': m.votes_refused_ballots_known,
}

/** Why something did not happen, as a sentence: the access rules refused it, or the rules of the meeting. */
export const describeRefusal = (failure: Refusal | RefusalCause): string =>
  typeof failure === 'string' ? causes[failure]() : m.votes_refused_not_allowed()
