import { m } from '../../../shared/i18n/index.ts'
import type { OrganizationType } from './directory.ts'

/** Heading of a group of organizations. */
export const describeOrganizationType = (type: OrganizationType): string =>
  ({
    council: m.people_type_council,
    committee: m.people_type_committee,
    'advisory-board': m.people_type_advisory_board,
    faction: m.people_type_faction,
    administration: m.people_type_administration,
  })[type]()
