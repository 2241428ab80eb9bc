import { m } from '../../../../shared/i18n/index.ts'
import type { RefusalCause } from '../../../../shared/rules/meeting/state.ts'

/** Why an event changed nothing, as one sentence. */
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
}
