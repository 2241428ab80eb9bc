import { mayBeExcluded } from '../../law/index.ts'
import type { MeetingState } from '../state.ts'
import { leave } from './attendance.ts'
import { byPresidents, fromPrepared, running, type DeedRules } from './deed-rule.ts'
import { rulesOf, seatsOf } from './draft.ts'
import { withdrawRequests } from './floor.ts'

/** Whether the body agreed to one exclusion more than there were. */
function wasDecided({ votes, attendance }: MeetingState): boolean {
  const agreed = [...votes.values()].filter(
    ({ subject, finding }) => subject === 'exclusion' && finding?.outcome === 'accepted',
  )
  return agreed.length > [...attendance.values()].filter(({ excluded }) => excluded).length
}

/** Whether a disturbance lasts during which a hybrid meeting may neither begin nor go on (GemO RLP §35a). */
export function isStopped(state: MeetingState): boolean {
  const stoppedBy = state.constitution?.hybrid ? (rulesOf(state).hybrid?.stoppedBy ?? []) : []
  return [...state.disturbances.values()].some(
    ({ span, sphere }) => span.to === undefined && stoppedBy.includes(sphere),
  )
}

/** Order in the room: calls to order, exclusion, disturbances. */
export const orderRules: DeedRules<'called-to-order' | 'person-excluded' | 'disturbance-began' | 'disturbance-ended'> =
  {
    'called-to-order': {
      phases: running,
      may: byPresidents,
      effect: (draft, { person }) => {
        if (!seatsOf(draft.state).has(person)) return 'unknown'
        const attendance = draft.state.attendance.get(person)
        if (!attendance?.here) return 'no-effect'
        draft.put('attendance', person, { ...attendance, callsToOrder: attendance.callsToOrder + 1 })
        return undefined
      },
    },
    'person-excluded': {
      phases: running,
      may: byPresidents,
      effect: (draft, { person }, { at }) => {
        const { state } = draft
        if (!seatsOf(state).has(person)) return 'unknown'
        const attendance = state.attendance.get(person)
        if (attendance?.excluded) return 'no-effect'
        if (!attendance || !mayBeExcluded(rulesOf(state), attendance.callsToOrder)) return 'rules-forbid'
        if (rulesOf(state).order.excludedBy === 'body' && !wasDecided(state)) return 'needs-a-vote'
        leave(draft, { ...attendance, excluded: true }, at)
        withdrawRequests(draft, person, at)
        return undefined
      },
    },
    'disturbance-began': {
      phases: fromPrepared,
      may: byPresidents,
      effect: (draft, { disturbance, sphere, person, what }, { at }) => {
        if (draft.state.disturbances.has(disturbance)) return 'exists-already'
        if (person !== undefined && !seatsOf(draft.state).has(person)) return 'unknown'
        draft.put('disturbances', disturbance, {
          disturbance,
          sphere,
          ...(person === undefined ? {} : { person }),
          what,
          span: { from: at },
        })
        return undefined
      },
    },
    'disturbance-ended': {
      phases: fromPrepared,
      may: byPresidents,
      effect: (draft, { disturbance, consequence }, { at }) => {
        const before = draft.state.disturbances.get(disturbance)
        if (!before) return 'unknown'
        if (before.span.to !== undefined) return 'no-effect'
        draft.put('disturbances', disturbance, { ...before, span: { ...before.span, to: at }, consequence })
        return undefined
      },
    },
  }
