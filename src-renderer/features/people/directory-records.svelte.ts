import type { Membership, Organization, Person } from '../../../shared/oparl/index.ts'
import { isRunning } from '../../../shared/oparl/membership.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf, stateOf } from '../../data/related.svelte.ts'

/** All people, organizations and memberships of the town: a few hundred records that every page here needs. */
export class DirectoryRecords {
  readonly #organizations: LiveQuery<'organization'>
  readonly #people: LiveQuery<'person'>
  readonly #memberships: LiveQuery<'membership'>
  readonly #organizationById: ReadonlyMap<string, Organization>
  readonly #personById: ReadonlyMap<string, Person>
  readonly #factionOf: ReadonlyMap<string, Organization>

  constructor(data: Pick<Data, 'select'>, today: string) {
    this.#organizations = data.select({ type: 'organization' })
    this.#people = data.select({ type: 'person' })
    this.#memberships = data.select({ type: 'membership' })
    this.#organizationById = $derived(new Map(this.organizations.map((entry) => [entry._id, entry])))
    this.#personById = $derived(new Map(this.people.map((entry) => [entry._id, entry])))
    this.#factionOf = $derived(
      new Map(
        this.memberships
          .filter((membership) => isRunning(membership, today))
          .flatMap(({ person, organization }) => {
            const found = this.organization(organization)
            return found?.organizationType === 'faction' ? [[person, found] as const] : []
          }),
      ),
    )
  }

  get state(): LiveQuery<'organization'>['state'] {
    return stateOf(this.#organizations, this.#people, this.#memberships)
  }
  get organizations(): Organization[] {
    return recordsOf(this.#organizations)
  }
  get people(): Person[] {
    return recordsOf(this.#people)
  }
  get memberships(): Membership[] {
    return recordsOf(this.#memberships)
  }

  readonly organization = (id: string | undefined): Organization | undefined => this.#organizationById.get(id ?? '')
  readonly person = (id: string): Person | undefined => this.#personById.get(id)
  readonly factionOf = (person: string): Organization | undefined => this.#factionOf.get(person)
}
