import { m } from '../../../../shared/i18n/index.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import type { RefusalCause } from '../../../../shared/rules/meeting/state.ts'

/** What each cause says. */
export const causeWords: Readonly<Record<RefusalCause, () => string>> = {
  'not-allowed': m.cockpit_cause_not_allowed,
  'not-yours': m.cockpit_cause_not_yours,
  'not-prepared': m.cockpit_cause_not_prepared,
  'not-open': m.cockpit_cause_not_open,
  'closed-already': m.cockpit_cause_closed_already,
  unknown: m.cockpit_cause_unknown,
  'exists-already': m.cockpit_cause_exists,
  'no-effect': m.cockpit_cause_no_effect,
  'public-is-in': m.cockpit_cause_public,
  'not-entitled': m.cockpit_cause_not_entitled,
  'chair-not-in-room': m.cockpit_cause_chair,
  'needs-a-vote': m.cockpit_cause_vote,
  'rules-forbid': m.cockpit_cause_rules,
  implausible: m.cockpit_cause_implausible,
  'ballots-known': m.cockpit_cause_ballots_known,
}

/** Why an event changed nothing: of a corrected time, that it cannot have been then. */
export const causeSentence = (cause: RefusalCause, body?: EventBody): string =>
  cause === 'implausible' && body?.kind === 'corrected' && body.at !== undefined
    ? m.cockpit_cause_time()
    : causeWords[cause]()

/** Why an event cannot be taken back. */
export const fixedWords = {
  hub: m.cockpit_fixed_hub,
  prepared: m.cockpit_fixed_prepared,
  'ballots-known': m.cockpit_cause_ballots_known,
} as const
