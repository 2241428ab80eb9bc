import type { DeedOf } from '../../../shared/council/meeting-event.ts'

/** A motion as somebody writes it; texts as typed. */
export interface MotionDraft {
  readonly item: string
  readonly form: DeedOf<'motion-put'>['form']
  readonly persons: readonly string[]
  readonly faction?: string
  readonly title: string
  readonly text: string
  /** Wording that an amendment changes; empty where there is nothing to compare. */
  readonly changes: string
}

export type MotionFault = 'no-title' | 'title-too-long' | 'no-text' | 'text-too-long' | 'no-change'

const longest = { title: 4000, text: 50_000 }

/** What is missing before a motion can be handed in. */
export function motionFaults({ form, title, text, changes }: MotionDraft): MotionFault[] {
  const faults: MotionFault[] = []
  if (title.trim() === '') faults.push('no-title')
  if (title.length > longest.title) faults.push('title-too-long')
  if (form === 'amendment' && text.trim() === '') faults.push('no-text')
  if (Math.max(text.length, changes.length) > longest.text) faults.push('text-too-long')
  if (form === 'amendment' && text.trim() !== '' && text.trim() === changes.trim()) faults.push('no-change')
  return faults
}

/** What goes into the log: words without the spaces around them, and nothing that is empty. */
export function motionBody(motion: string, draft: MotionDraft): DeedOf<'motion-put'> {
  const text = draft.text.trim()
  const changes = draft.form === 'amendment' ? draft.changes.trim() : ''
  return {
    kind: 'motion-put',
    motion,
    item: draft.item,
    form: draft.form,
    persons: [...draft.persons],
    ...(draft.faction ? { faction: draft.faction } : {}),
    title: draft.title.trim(),
    ...(text ? { text } : {}),
    ...(changes ? { changes } : {}),
  }
}

/** The order with one motion moved to another place; the same list where nothing moves. */
export function movedTo(order: readonly string[], from: number, to: number): string[] {
  const moving = order[from]
  if (moving === undefined) return [...order]
  const rest = order.filter((_, index) => index !== from)
  return [...rest.slice(0, to), moving, ...rest.slice(to)]
}
