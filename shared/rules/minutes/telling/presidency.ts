import { reduceMeeting } from '../../meeting/log.ts'
import type { Instant, MeetingState } from '../../meeting/state.ts'
import type { MinutesSource } from '../source.ts'
import type { Happening } from './happenings.ts'

/** The meeting as it was opened, with everything that was corrected of it since. */
export function meetingAtOpening({ state, events }: MinutesSource, happenings: readonly Happening[]): MeetingState {
  const opening = happenings.find(({ deed }) => deed.kind === 'meeting-opened')?.event ?? ''
  return reduceMeeting(
    state.meeting,
    events.filter(({ _id, body }) => _id <= opening || body.kind === 'corrected'),
  )
}

/** Who presided, and from when on; `from` undefined: from the opening on. */
export interface Presidency {
  readonly person: string
  readonly from: Instant | undefined
}

export const presidenciesOf = (happenings: readonly Happening[], { presiding }: MeetingState): Presidency[] => [
  ...(presiding === undefined ? [] : [{ person: presiding, from: undefined }]),
  ...happenings.flatMap(({ deed, at }) =>
    deed.kind === 'presidency-handed' ? [{ person: deed.person, from: at }] : [],
  ),
]
