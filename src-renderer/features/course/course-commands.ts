import type { AgendaEntry } from '../../../shared/council/events/constitution.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { ItemState } from '../../../shared/rules/meeting/state.ts'

const because = (reason: string): { reason?: string } => (reason.trim() ? { reason: reason.trim() } : {})

export const openMeeting = (): EventBody => ({ kind: 'meeting-opened' })
export const pauseMeeting = (reason = ''): EventBody => ({ kind: 'meeting-paused', ...because(reason) })
export const resumeMeeting = (): EventBody => ({ kind: 'meeting-resumed' })
export const closeMeeting = (): EventBody => ({ kind: 'meeting-closed' })
export const handPresidency = (person: string, reason: string): EventBody => ({
  kind: 'presidency-handed',
  ...{ person, ...because(reason) },
})

export const openItem = (item: string): EventBody => ({ kind: 'item-opened', item })
export const closeItem = (item: string): EventBody => ({ kind: 'item-closed', item })
export const deferItem = (item: string, reason: string): EventBody => ({
  kind: 'item-deferred',
  ...{ item, ...because(reason) },
})
export const withdrawItem = (item: string, reason: string): EventBody => ({
  kind: 'item-withdrawn',
  ...{ item, ...because(reason) },
})

/** `vote`: the decision that allowed it. */
export const moveItem = (item: string, before: string | null, vote?: string): EventBody => ({
  kind: 'item-moved',
  ...{ item, before },
  ...(vote ? { vote } : {}),
})
export const addItem = (entry: AgendaEntry, before: string | null, vote?: string): EventBody => ({
  kind: 'item-added',
  ...{ entry, before },
  ...(vote ? { vote } : {}),
})

export const closePart = (reason: string, vote?: string): EventBody => ({
  kind: 'part-closed',
  ...because(reason),
  ...(vote ? { vote } : {}),
})
export const openPart = (): EventBody => ({ kind: 'part-opened' })

export const addNote = (text: string, item: string | undefined): EventBody => ({
  kind: 'note-added',
  text: text.trim(),
  ...(item ? { item } : {}),
})

/** The item before which another one has to go to stand one place up or down; undefined where it cannot. */
export function placeBeside(agenda: readonly ItemState[], item: string, step: -1 | 1): string | null | undefined {
  const at = agenda.findIndex((entry) => entry.item === item)
  if (step === -1) return at > 0 ? agenda[at - 1]?.item : undefined
  return at >= 0 && at < agenda.length - 1 ? (agenda[at + 2]?.item ?? null) : undefined
}
