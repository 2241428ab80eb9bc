import { m } from '../../../shared/i18n/index.ts'
import type { Constitution, Matter } from '../../../shared/council/events/constitution.ts'
import type { ConstitutionFault } from '../../../shared/rules/meeting/constitution/index.ts'
import type { InvitationFinding } from '../../../shared/rules/deadline.ts'
import { formatDay } from '../../ui/format/dates.ts'
import type { DraftFault } from './draft.ts'

export const matterWords: Readonly<Record<Matter, () => string>> = {
  ordinary: m.room_matter_ordinary,
  statute: m.room_matter_statute,
  election: m.room_matter_election,
  information: m.room_matter_information,
}

export const recordingWords: Readonly<Record<Constitution['recording'], () => string>> = {
  statute: m.room_recording_statute,
  poll: m.room_recording_poll,
  none: m.room_recording_none,
}

export const draftFaultWords: Readonly<Record<DraftFault, () => string>> = {
  number: m.room_fault_number,
  presidents: m.room_fault_presidents,
  rules: m.room_fault_rules,
  invalid: m.room_fault_invalid,
}

/** What the registers did not tell, as one sentence. `nameOf`: a person's name. */
export function describeFault(fault: ConstitutionFault, nameOf: (person: string) => string): string {
  switch (fault.kind) {
    case 'no-chair':
      return m.room_fault_no_chair()
    case 'several-chairs':
      return m.room_fault_several_chairs({ names: fault.persons.map(nameOf).join(', ') })
    case 'no-deputy':
      return m.room_fault_no_deputy()
    case 'no-votes':
      return m.room_fault_no_votes()
    case 'duplicate-seat':
      return m.room_fault_duplicate({ name: nameOf(fault.person) })
    case 'unknown-person':
      return m.room_fault_unknown_person()
    case 'no-agenda':
      return m.room_fault_no_agenda()
  }
}

/** Whether the invitation leaves enough time, with the place in the law that says so. */
export function describeInvitation(finding: InvitationFinding): string {
  const { outcome, clearDays, needed, latest, source } = finding
  const facts = { days: clearDays, needed, latest: formatDay(latest), place: `${source.place} ${source.law}` }
  switch (outcome) {
    case 'in-time':
      return m.room_invitation_in_time(facts)
    case 'shortened':
      return m.room_invitation_shortened(facts)
    case 'unreasoned':
      return m.room_invitation_unreasoned(facts)
    case 'late':
      return m.room_invitation_late(facts)
  }
}
