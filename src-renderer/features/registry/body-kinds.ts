import { m } from '../../../shared/i18n/index.ts'
import type { Organization } from '../../../shared/oparl/index.ts'

/** Names of the kinds of organization for people. */
export const bodyKinds: Record<Organization['organizationType'], () => string> = {
  council: m.desk_type_council,
  committee: m.desk_type_committee,
  'advisory-board': m.desk_type_advisory_board,
  faction: m.desk_type_faction,
  administration: m.desk_type_administration,
}
