import { m } from '../../../shared/i18n/index.ts'
import type { OrderedMotion } from '../../../shared/rules/motion-order.ts'
import type { Motion } from '../../../shared/rules/meeting/state.ts'
import { formatNumber } from '../../ui/format/numbers.ts'
import type { MotionFault } from './motion-draft.ts'

export const formWords: Readonly<Record<Motion['form'], () => string>> = {
  main: m.votes_motion_main,
  amendment: m.votes_motion_amendment,
  procedure: m.votes_motion_procedure,
}

export const motionStatus = {
  open: { word: m.votes_motion_open, tone: 'neutral' },
  withdrawn: { word: m.votes_motion_withdrawn, tone: 'neutral' },
  accepted: { word: m.votes_accepted, tone: 'positive' },
  rejected: { word: m.votes_rejected, tone: 'critical' },
} as const

export const motionFaultWords: Readonly<Record<MotionFault, () => string>> = {
  'no-title': m.votes_motion_no_title,
  'title-too-long': m.votes_motion_too_long,
  'no-text': m.votes_motion_no_text,
  'text-too-long': m.votes_motion_too_long,
  'no-change': m.votes_motion_no_change,
}

/** What placed a motion where it stands. */
export function describePlace({ because, reach }: OrderedMotion): string {
  if (because === 'chair') return m.votes_place_chair()
  if (because === 'procedure') return m.votes_place_procedure()
  if (because === 'main' || !reach) return m.votes_place_main()
  const share = Math.round(reach.changed * 100)
  return reach.cost > 0
    ? m.votes_place_reach_cost({ share, cost: formatNumber(reach.cost) })
    : m.votes_place_reach({ share })
}

/** Who put a motion: persons, a faction, or the administration. */
export function describeMovers(
  { persons, faction }: Pick<Motion, 'persons' | 'faction'>,
  nameOf: (id: string) => string,
): string {
  const names = persons.map(nameOf).join(', ')
  if (!faction) return names || m.votes_motion_by_administration()
  return names ? m.votes_motion_by_both({ names, faction: nameOf(faction) }) : nameOf(faction)
}
