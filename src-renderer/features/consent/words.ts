import type { ConsentAct, ConsentUse } from '../../../shared/council/consent.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { ConsentStanding } from '../../../shared/rules/broadcast/consent.ts'
import { formatDay, formatInstant } from '../../ui/format/dates.ts'

const uses: Readonly<Record<ConsentUse, () => string>> = {
  'live-picture': m.consent_use_live_picture,
  'live-sound': m.consent_use_live_sound,
  'recording-picture': m.consent_use_recording_picture,
  'recording-sound': m.consent_use_recording_sound,
}
const standings: Readonly<Record<ConsentStanding, () => string>> = {
  given: m.consent_standing_given,
  withdrawn: m.consent_standing_withdrawn,
  unknown: m.consent_standing_unknown,
}

/** A use in words. */
export const describeUse = (use: ConsentUse): string => uses[use]()

/** What stands in words. */
export const describeStanding = (standing: ConsentStanding): string => standings[standing]()

/** When somebody agreed to what, or did so no more, and on which paper. */
export function describeAct({ at, given, use, way }: ConsentAct): string {
  const what = describeStanding(given ? 'given' : 'withdrawn')
  const line = m.consent_history_line({ when: formatInstant(at), what, use: describeUse(use) })
  return way.kind === 'form' ? `${line} (${m.consent_by_form({ day: formatDay(way.signed) })})` : line
}
