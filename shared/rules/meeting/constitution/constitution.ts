import type { AgendaEntry, Constitution, Seat } from '../../../council/events/constitution.ts'
import { isRunning } from '../../../oparl/membership.ts'
import type { AgendaItem, Meeting, Membership, Organization, Person } from '../../../oparl/index.ts'
import type { RuleSet } from '../../law/rule-set.ts'
import { sortAgenda } from '../../numbering.ts'
import { isByOffice, isChair, isDeputy, matterOfName } from './office-words.ts'

/** What a meeting's constitution is made from. Records that do not belong to the meeting are left aside. */
export interface ConstitutionInput {
  readonly meeting: Pick<Meeting, 'organization'>
  /** Calendar day of the meeting in its town, `yyyy-mm-dd`. */
  readonly day: string
  readonly items: readonly AgendaItem[]
  /** The bodies that meet, and the factions. */
  readonly organizations: readonly Organization[]
  readonly memberships: readonly Membership[]
  readonly persons: readonly Person[]
  readonly rules: Pick<RuleSet, 'id' | 'hybrid' | 'membership'>
}

/** What somebody has to look at before the constitution is frozen. */
export type ConstitutionFault =
  /** Nobody is recognised as who presides. */
  | { readonly kind: 'no-chair' }
  /** Of a joint meeting, or a register that names two. */
  | { readonly kind: 'several-chairs'; readonly persons: readonly string[] }
  | { readonly kind: 'no-deputy' }
  /** Nobody has a vote. */
  | { readonly kind: 'no-votes' }
  /** Two memberships of one person in one body run on the day: one seat was made of them. */
  | { readonly kind: 'duplicate-seat'; readonly person: string }
  /** A membership names a person that the register does not hold, so that no seat was made of it. */
  | { readonly kind: 'unknown-person'; readonly membership: string }
  | { readonly kind: 'no-agenda' }

export interface ConstitutionDraft {
  readonly constitution: Constitution
  readonly faults: readonly ConstitutionFault[]
}

interface Claim {
  readonly seat: Seat
  readonly familyName: string
  readonly roles: readonly (string | undefined)[]
}

/**
 * The constitution that the registers suggest for a meeting: who sits and votes in it on its day, who may preside, and
 * what is dealt with. Whether the meeting is a second call, how many members the law gives the body and what each item
 * is about cannot be read from registers for certain: those are suggestions, and the faults say where none was found.
 */
export function constitutionOf(input: ConstitutionInput): ConstitutionDraft {
  const faults: ConstitutionFault[] = []
  const claims = claimsOf(input, faults)
  const seats = orderSeats(claims)
  const chairs = claims.filter(({ roles }) => roles.some(isChair)).map(({ seat }) => seat.person)
  const deputies = claims
    .filter(({ roles, seat }) => roles.some(isDeputy) && !chairs.includes(seat.person))
    .map(({ seat }) => seat.person)
  if (chairs.length === 0) faults.push({ kind: 'no-chair' })
  if (chairs.length > 1) faults.push({ kind: 'several-chairs', persons: chairs })
  if (deputies.length === 0) faults.push({ kind: 'no-deputy' })
  if (!seats.some(({ votes }) => votes)) faults.push({ kind: 'no-votes' })
  const agenda = agendaOf(input.items)
  if (agenda.length === 0) faults.push({ kind: 'no-agenda' })
  return {
    constitution: {
      organizations: [...input.meeting.organization],
      rules: input.rules.id,
      statutoryNumber: Math.max(1, membersOf(seats, chairs, input.rules)),
      seats,
      factions: factionsOf(seats, input.organizations),
      presidents: [...chairs, ...deputies],
      agenda,
      call: 'first',
      constituent: false,
      hybrid: input.rules.hybrid?.allowed ?? false,
      recording: 'none',
    },
    faults,
  }
}

/**
 * Seats that are taken: the elected ones, and that of a chair by office where the law counts the chair and the chair
 * has a vote. Seats that are empty no register shows.
 */
function membersOf(seats: readonly Seat[], chairs: readonly string[], rules: ConstitutionInput['rules']): number {
  const elected = seats.filter((seat) => seat.elected).length
  const byOffice = seats.some(({ person, votes, elected }) => chairs.includes(person) && votes && !elected)
  return elected + (rules.membership.chairIsMember && byOffice ? 1 : 0)
}

/** One claim per person who belongs to a body of the meeting on its day, in the order of the memberships. */
function claimsOf(input: ConstitutionInput, faults: ConstitutionFault[]): Claim[] {
  const persons = new Map(input.persons.filter(({ deleted }) => !deleted).map((person) => [person._id, person]))
  const bodies = new Set(input.meeting.organization)
  // By id: whatever order records come in, the same constitution comes of them.
  const running = input.memberships
    .filter((membership) => isRunning(membership, input.day))
    .sort((a, b) => compare(a._id, b._id))
  const claims: Claim[] = []
  for (const [id, own] of byPerson(running.filter(({ organization }) => bodies.has(organization)))) {
    const person = persons.get(id)
    if (!person) {
      for (const { _id } of own) faults.push({ kind: 'unknown-person', membership: _id })
      continue
    }
    if (new Set(own.map(({ organization }) => organization)).size < own.length)
      faults.push({ kind: 'duplicate-seat', person: id })
    const faction = factionOf(id, own, running, input.organizations)
    const votes = own.some(({ votingRight }) => votingRight)
    const elected = own.some(({ votingRight, role }) => votingRight && !isByOffice(role))
    claims.push({
      seat: { person: id, name: nameOf(person), ...(faction ? { faction } : {}), votes, elected },
      familyName: person.familyName,
      roles: own.map(({ role }) => role),
    })
  }
  return claims
}

function byPerson(memberships: readonly Membership[]): Map<string, Membership[]> {
  const groups = new Map<string, Membership[]>()
  for (const membership of memberships)
    groups.set(membership.person, [...(groups.get(membership.person) ?? []), membership])
  return groups
}

/** As the chair calls somebody: form of address and name, where the register has both. */
const nameOf = ({ formOfAddress, name }: Person): string => [formOfAddress, name].filter(Boolean).join(' ')

/** The faction on whose behalf somebody sits, else the one that the person belongs to. */
function factionOf(
  person: string,
  own: readonly Membership[],
  running: readonly Membership[],
  organizations: readonly Organization[],
): string | undefined {
  const factions = new Set(
    organizations.filter(({ organizationType }) => organizationType === 'faction').map(({ _id }) => _id),
  )
  const sent = own.find(({ onBehalfOf }) => onBehalfOf !== undefined && factions.has(onBehalfOf))
  return (
    sent?.onBehalfOf ??
    running.find((entry) => entry.person === person && factions.has(entry.organization))?.organization
  )
}

/** Who presides first, then by factions, the larger first, and by name. */
function orderSeats(claims: readonly Claim[]): Seat[] {
  const sizes = new Map<string, number>()
  for (const { seat } of claims) if (seat.faction) sizes.set(seat.faction, (sizes.get(seat.faction) ?? 0) + 1)
  const rank = ({ roles }: Claim): number =>
    roles.some(isChair) ? 0 : roles.some(isDeputy) && roles.some(isByOffice) ? 1 : 2
  const size = ({ seat }: Claim): number => (seat.faction ? (sizes.get(seat.faction) ?? 0) : 0)
  return [...claims]
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        size(b) - size(a) ||
        compare(a.seat.faction ?? '', b.seat.faction ?? '') ||
        compare(a.familyName, b.familyName) ||
        compare(a.seat.person, b.seat.person),
    )
    .map(({ seat }) => seat)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Factions that seats name, in the order in which seats name them. */
function factionsOf(seats: readonly Seat[], organizations: readonly Organization[]): Constitution['factions'] {
  const byId = new Map(organizations.map((organization) => [organization._id, organization]))
  return [...new Set(seats.flatMap(({ faction }) => faction ?? []))].map((organization) => {
    const found = byId.get(organization)
    return { organization, name: found?.shortName ?? found?.name ?? organization }
  })
}

const agendaOf = (items: readonly AgendaItem[]): AgendaEntry[] =>
  sortAgenda(items).map((item) => ({ item: item._id, public: item.public, matter: matterOfName(item.name) }))
