import { m } from '../../../shared/i18n/index.ts'
import type { CaptionDesk, DeskCaption } from '../../../shared/hub-api/captions.ts'
import type { VttFault } from '../../../shared/rules/broadcast/webvtt.ts'
import type { Captioning, Underway } from './captioning.svelte.ts'

type Tone = 'neutral' | 'positive' | 'caution' | 'critical'
interface Told {
  readonly text: string
  readonly tone: Tone
}

const states: Readonly<Record<DeskCaption['state'] | Underway['state'], () => Told>> = {
  shown: () => ({ text: m.captions_line_shown(), tone: 'positive' }),
  waiting: () => ({ text: m.captions_line_waiting(), tone: 'neutral' }),
  unseen: () => ({ text: m.captions_line_unseen(), tone: 'caution' }),
  'taken-back': () => ({ text: m.captions_line_taken_back(), tone: 'neutral' }),
  sending: () => ({ text: m.captions_line_sending(), tone: 'neutral' }),
  sent: () => ({ text: m.captions_line_waiting(), tone: 'neutral' }),
  unsent: () => ({ text: m.captions_line_unsent(), tone: 'caution' }),
  refused: () => ({ text: m.captions_line_refused(), tone: 'critical' }),
}
const refusals: Readonly<Record<NonNullable<Underway['reason']>, () => string>> = {
  closed: m.captions_refused_closed,
  'not-public': m.captions_refused_not_public,
  interval: m.captions_refused_interval,
  unknown: m.captions_refused_unknown,
  forbidden: m.captions_refused_forbidden,
}
const faults: Readonly<Record<VttFault['fault'], () => string>> = {
  signature: m.captions_fault_signature,
  times: m.captions_fault_times,
  backwards: m.captions_fault_backwards,
  lasting: m.captions_fault_lasting,
  arrow: m.captions_fault_arrow,
  empty: m.captions_fault_empty,
  letters: m.captions_fault_letters,
  'no-cues': m.captions_fault_no_cues,
}

/** What became of a line. */
export const describeState = (state: DeskCaption['state'] | Underway['state']): Told => states[state]()

/** Why words were refused, and what can be done. */
export const describeRefusal = (reason: NonNullable<Underway['reason']>): string => refusals[reason]()

/** What is wrong with a line of a file, and how it is mended. */
export const describeFault = ({ line, fault }: VttFault): string =>
  m.captions_fault_line({ line, fault: faults[fault]() })

/** Whether words are taken at this moment, and why not. */
export function describeDesk({ connection, desk }: Captioning): Told & { readonly hint: string } {
  if (connection === 'missing') return { text: m.captions_missing(), hint: m.captions_missing_hint(), tone: 'neutral' }
  if (connection === 'unreachable')
    return { text: m.captions_offline(), hint: m.captions_offline_hint(), tone: 'caution' }
  if (!desk) return { text: m.captions_connecting(), hint: '', tone: 'neutral' }
  if (desk.ended) return { text: m.captions_ended(), hint: m.captions_ended_hint(), tone: 'neutral' }
  if (!desk.open) return { text: m.captions_closed(), hint: whyClosed(desk), tone: 'critical' }
  const hint = desk.delay > 0 ? m.captions_open_delay({ seconds: desk.delay }) : m.captions_open_hint()
  return { text: m.captions_open(), hint, tone: 'positive' }
}

function whyClosed({ because }: CaptionDesk): string {
  if (because.includes('not-begun')) return m.captions_closed_not_begun()
  if (because.includes('log')) return m.captions_closed_log()
  return because.includes('consent') ? m.captions_closed_consent() : m.captions_closed_direct()
}
