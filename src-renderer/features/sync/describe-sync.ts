import { m } from '../../../shared/i18n/index.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { SyncStatus } from '../../data/contract.ts'
import { formatAgo, formatInstant } from '../../ui/format/dates.ts'

export interface SyncDescription {
  readonly tone: 'positive' | 'neutral' | 'caution' | 'critical'
  /** Two or three words, always visible. */
  readonly label: string
  /** A sentence on how fresh the data is. */
  readonly detail: string
}

/** The state of this device in words. What asks for an action goes before what only informs. */
export function describeSync(status: SyncStatus, now: number): SyncDescription {
  const detail = describeFreshness(status, now)
  if (status.refused.length > 0)
    return { tone: 'critical', label: m.sync_refused({ count: status.refused.length }), detail }
  if (status.pending > 0) return { tone: 'caution', label: m.sync_pending({ count: status.pending }), detail }
  switch (status.phase) {
    case 'offline':
      return { tone: 'caution', label: m.sync_offline(), detail }
    case 'catching-up':
      return { tone: 'neutral', label: labelOfCatchingUp(status), detail }
    case 'live':
      return { tone: 'positive', label: m.sync_live(), detail }
  }
}

function labelOfCatchingUp({ progress }: SyncStatus): string {
  if (!progress || progress.of === 0) return m.sync_catching_up()
  return m.sync_catching_up_percent({ percent: Math.floor((100 * progress.done) / progress.of) })
}

function describeFreshness(status: SyncStatus, now: number): string {
  if (status.phase === 'live') return m.sync_live_detail()
  if (!status.freshAsOf) return m.sync_never_complete()
  return m.sync_fresh_as_of({ when: formatInstant(status.freshAsOf), ago: formatAgo(status.freshAsOf, now) })
}

/** Why the hub did not take a change, and what that means for the person. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'not-signed-in':
      return m.sync_reason_not_signed_in()
    case 'no-such-audience':
      return m.sync_reason_no_access()
    case 'read-only':
      return m.sync_reason_read_only()
    case 'role':
      return m.sync_reason_role()
    case 'not-the-author':
      return m.sync_reason_not_the_author()
    case 'append-only':
      return m.sync_reason_append_only()
    case 'invalid':
      return m.sync_reason_invalid({
        fields: refusal.faults?.map((fault) => fault.field).join(', ') ?? '',
      })
    case 'deletion-is-a-state':
      return m.sync_reason_deletion()
    case 'publication-goes-back':
      return m.sync_reason_publication()
    case 'no-code':
      return m.sync_reason_no_code()
    case 'chain':
      return m.sync_reason_chain()
    case 'signature':
      return m.sync_reason_signature()
    case 'clock':
      return m.sync_reason_clock()
    case 'at-rest':
      return m.boards_at_rest()
  }
}
