import { isRunning, type Membership } from '../../../../shared/oparl/membership.ts'

/** Roles are free words in OParl; those of whoever chairs a faction begin so, those of deputies do not. */
const chairRole = /^(fraktions)?vorsitz/i

/** Persons who chair one of the factions on a day (`yyyy-mm-dd`), as the register says. */
export const factionChairsOn = (
  memberships: readonly Membership[],
  factions: ReadonlySet<string>,
  day: string,
): ReadonlySet<string> =>
  new Set(
    memberships
      .filter((membership) => factions.has(membership.organization) && isRunning(membership, day))
      .filter(({ role }) => chairRole.test(role ?? ''))
      .map(({ person }) => person),
  )
