import type { Deed, DeedKind } from '../../../council/meeting-event.ts'
import { attendanceRules } from './attendance.ts'
import { courseRules } from './course.ts'
import type { DeedRule, DeedRules, Judgement, Moment } from './deed-rule.ts'
import type { Draft } from './draft.ts'
import { electionRules } from './elections.ts'
import { motionRules } from './motions.ts'
import { orderRules } from './order.ts'
import { projectionRules } from './projection.ts'
import { speechRules } from './speech.ts'
import { voteRules } from './votes.ts'

/** Every kind of deed: who may do it, when, and what it does. */
const rules: DeedRules<DeedKind> = {
  ...courseRules,
  ...attendanceRules,
  ...orderRules,
  ...speechRules,
  ...motionRules,
  ...voteRules,
  ...electionRules,
  ...projectionRules,
}

/** Writes a deed into the draft, or says why it changes nothing. */
export function applyDeed(draft: Draft, deed: Deed, moment: Moment): Judgement {
  // The table pairs every kind with the rule of this very kind, which the compiler cannot follow through a lookup.
  const { phases, may, effect } = rules[deed.kind] as unknown as DeedRule<DeedKind>
  const { phase } = draft.state
  if (phase === 'unprepared' && deed.kind !== 'meeting-prepared') return 'not-prepared'
  const cause = may(draft.state, moment.author, deed)
  if (cause) return cause
  if (!phases.includes(phase)) return phase === 'closed' ? 'closed-already' : 'not-open'
  return effect(draft, deed, moment)
}
