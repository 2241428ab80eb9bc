import { isRunning } from '../../../shared/oparl/membership.ts'
import { organizationTypes } from '../../../shared/oparl/organization.ts'
import type { Membership, Organization, Person } from '../../../shared/oparl/index.ts'

export type OrganizationType = (typeof organizationTypes)[number]

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'de')

/** Running organizations by type, in the order of weight; types without any are left out. */
export function groupOrganizations(
  organizations: readonly Organization[],
  today: string,
): { type: OrganizationType; organizations: Organization[] }[] {
  const running = organizations.filter((organization) => isRunning(organization, today))
  return organizationTypes
    .map((type) => ({ type, organizations: running.filter((entry) => entry.organizationType === type).sort(byName) }))
    .filter((group) => group.organizations.length > 0)
}

export interface Member {
  readonly membership: Membership
  readonly person: Person
  /** The faction that the person belongs to today. */
  readonly faction: Organization | undefined
}

/** Members of an organization on a day: offices first, then by family name. */
export function membersOf(
  memberships: readonly Membership[],
  today: string,
  person: (id: string) => Person | undefined,
  faction: (person: string) => Organization | undefined,
): Member[] {
  return memberships
    .filter((membership) => isRunning(membership, today))
    .flatMap((membership) => {
      const found = person(membership.person)
      return found ? [{ membership, person: found, faction: faction(found._id) }] : []
    })
    .sort(
      (a, b) =>
        officeOf(a.membership) - officeOf(b.membership) ||
        a.person.familyName.localeCompare(b.person.familyName, 'de') ||
        byName(a.person, b.person),
    )
}

/** Whoever leads stands before deputies, deputies before everybody else. The words are those of German towns. */
function officeOf({ role }: Membership): number {
  if (!role) return 2
  if (/stellv|vize/iu.test(role)) return 1
  return /vorsitz|sprecher|bürgermeister/iu.test(role) ? 0 : 2
}

const folded = (text: string): string => text.toLocaleLowerCase('de').normalize('NFKD').replace(/\p{M}/gu, '')

/** People whose name holds the text, by family name. */
export const findPeople = (people: readonly Person[], text: string): Person[] =>
  people
    .filter((person) => folded(person.name).includes(folded(text.trim())))
    .sort((a, b) => a.familyName.localeCompare(b.familyName, 'de') || byName(a, b))
