import { m } from '../../../shared/i18n/index.ts'
import type { DeedOf } from '../../../shared/council/meeting-event.ts'
import type { Presence } from './roster.ts'

/** What is done about a member through a dialog. */
export type MemberDeed = 'conflict' | 'order' | 'exclude'

export const presenceWords: Readonly<Record<Presence, () => string>> = {
  room: m.cockpit_in_room,
  remote: m.cockpit_remote,
  'cut-off': m.cockpit_cut_off,
  left: m.cockpit_left,
  excluded: m.cockpit_was_excluded,
  absent: m.cockpit_absent,
}

export const arrivalWords: Readonly<Record<DeedOf<'person-arrived'>['by'], () => string>> = {
  self: m.cockpit_by_self,
  list: m.cockpit_by_list,
  code: m.cockpit_by_code,
}
