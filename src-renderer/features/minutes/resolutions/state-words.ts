import type { ResolutionState } from '../../../../shared/council/records/resolution.ts'
import { m } from '../../../../shared/i18n/index.ts'

const words: { readonly [State in ResolutionState]: () => string } = {
  none: m.minutes_resolution_none,
  open: m.minutes_resolution_open,
  'in-progress': m.minutes_resolution_in_progress,
  done: m.minutes_resolution_done,
}

/** How far the administration is with a resolution. */
export const stateWords = (state: ResolutionState): string => words[state]()
