import type { DeedOf } from '../../../council/meeting-event.ts'
import { byPresidents, fromPrepared, type DeedRules, type Judgement } from './deed-rule.ts'
import type { Draft } from './draft.ts'

function project(draft: Draft, { projector, show }: DeedOf<'scene-projected'>): Judgement {
  const { state } = draft
  const isRunning = state.phase !== 'prepared'
  // Behind closed doors every screen is dark, whatever is asked of it.
  if (isRunning && !state.public) return 'rules-forbid'
  if ((show.scene === 'paper' || show.scene === 'board') && state.current === undefined) return 'not-open'
  if (show.scene === 'meeting') {
    if (!state.projections.has(projector)) return 'no-effect'
    draft.set('projections', new Map([...state.projections].filter(([other]) => other !== projector)))
  } else draft.put('projections', projector, show)
  return undefined
}

/** Screens go back to the meeting: what was chosen for one item or part says nothing of the next. */
export const clearProjections = (draft: Draft): void => {
  if (draft.state.projections.size > 0) draft.set('projections', new Map())
}

/** What the screens of the room show by the chair's hand. */
export const projectionRules: DeedRules<'scene-projected'> = {
  'scene-projected': { phases: fromPrepared, may: byPresidents, effect: project },
}
