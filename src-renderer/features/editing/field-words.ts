import { m } from '../../../shared/i18n/index.ts'
import type { RecordType } from '../../../shared/council/records/index.ts'
import type { PassagePlace } from '../../../shared/council/records/passage.ts'
import type { Organization } from '../../../shared/oparl/index.ts'
import type { Publication } from '../../../shared/oparl/record.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import { formatDay, formatInstant } from '../../ui/format/dates.ts'

export const publicationWords: Record<Publication['state'], () => string> = {
  draft: m.desk_state_draft,
  published: m.desk_state_published,
  withdrawn: m.desk_state_withdrawn,
}
export const publicationTones = { draft: 'neutral', published: 'positive', withdrawn: 'caution' } as const

/** One organization of a kind, for people. */
export const organizationTypeWords: Record<Organization['organizationType'], () => string> = {
  council: m.desk_type_council,
  committee: m.desk_type_committee,
  'advisory-board': m.desk_type_advisory_board,
  faction: m.desk_type_faction,
  administration: m.desk_type_administration,
}

/** A part of minutes in which a passage can stand from the start. */
export const passagePlaceWords: Record<PassagePlace, () => string> = {
  opening: m.passages_place_opening,
  item: m.passages_place_item,
  close: m.passages_place_close,
}

/** Fields by record type and name where the type matters, else by name. */
const labels: Readonly<Record<string, () => string>> = {
  name: m.desk_paper_name,
  'meeting.name': m.desk_meeting_name,
  'organization.name': m.desk_organization_name,
  'person.name': m.desk_organization_name,
  'legislative-term.name': m.desk_term_name,
  'file.name': m.desk_meeting_name,
  'passage.name': m.passages_name,
  'passage.text': m.passages_text,
  'passage.place': m.passages_place,
  'passage.template': m.passages_in_template,
  'passage.source': m.passages_source,
  public: m.desk_item_public,
  'meeting.public': m.desk_meeting_public,
  organization: m.desk_organization,
  term: m.desk_term,
  start: m.desk_from,
  end: m.desk_until,
  cancelled: m.desk_cancelled,
  location: m.desk_place,
  invitation: m.desk_invitation,
  auxiliaryFile: m.desk_annexes,
  mainFile: m.desk_main_file,
  publication: m.desk_publication,
  deleted: m.desk_deleted,
  order: m.desk_order,
  closedReason: m.desk_closed_reason,
  publicTitle: m.desk_public_title,
  consultation: m.desk_consultations,
  agendaItem: m.desk_agenda_item,
  meeting: m.desk_meeting,
  paper: m.desk_paper,
  authoritative: m.desk_authoritative,
  reference: m.desk_paper_reference,
  paperType: m.desk_paper_type,
  date: m.desk_paper_date,
  originatorPerson: m.desk_originator,
  originatorOrganization: m.desk_originator,
  underDirectionOf: m.desk_under_direction,
  relatedPaper: m.desk_papers,
  givenName: m.desk_given_name,
  familyName: m.desk_family_name,
  formOfAddress: m.desk_form_of_address,
  email: m.desk_email,
  phone: m.desk_phone,
  released: m.desk_released,
  shortName: m.desk_short_name,
  organizationType: m.desk_organization_type,
  startDate: m.desk_start_day,
  endDate: m.desk_end_day,
  role: m.desk_membership_role,
  votingRight: m.desk_voting_right,
  room: m.desk_room,
  streetAddress: m.desk_street,
  postalCode: m.desk_postal_code,
  locality: m.desk_locality,
}

/** The name of a record's field for people; a field that no screen shows keeps its own. */
export const labelOfField = (type: RecordType, field: string): string =>
  (labels[`${type}.${field}`] ?? labels[field])?.() ?? field

/**
 * A value of a field for people.
 * @param nameOf the name of the record with an id, undefined while it is not known
 */
export function textOfValue(field: string, value: unknown, nameOf: (id: string) => string | undefined): string {
  if (value === undefined || value === null || value === '') return m.desk_value_none()
  if (Array.isArray(value))
    return value.length > 0 ? value.map((entry) => textOfValue(field, entry, nameOf)).join(', ') : m.desk_value_none()
  if (typeof value === 'boolean') return value ? m.desk_yes() : m.desk_no()
  if (typeof value === 'object') return 'state' in value ? publicationWords[(value as Publication).state]() : ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (field === 'organizationType') return organizationTypeWords[text as Organization['organizationType']]()
  if (field === 'place') return passagePlaceWords[text as PassagePlace]()
  if (field === 'released') return labelOfField('person', text)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return formatDay(text)
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return formatInstant(text)
  return typeOfId(text) ? (nameOf(text) ?? text) : text
}
