import { paths } from '../../../shared/hub-api/contract.ts'
import type { OparlFile, OparlType } from '../../../shared/oparl/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'

/** Where OParl 1.1 is served, below the hub's public address. */
export const root = '/oparl/v1.1'

/** The lists that OParl 1.1 wants of a Body: property of Body, path, type of what is listed. */
export const bodyLists = {
  organization: 'organizations',
  person: 'people',
  meeting: 'meetings',
  paper: 'papers',
  agendaItem: 'agenda-items',
  consultation: 'consultations',
  file: 'files',
  locationList: 'locations',
  legislativeTermList: 'legislative-terms',
  membership: 'memberships',
} as const

export const listedTypes: Readonly<Record<string, OparlType>> = {
  organizations: 'organization',
  people: 'person',
  meetings: 'meeting',
  papers: 'paper',
  'agenda-items': 'agenda-item',
  consultations: 'consultation',
  files: 'file',
  locations: 'location',
  'legislative-terms': 'legislative-term',
  memberships: 'membership',
}

/** OParl wants a numeric offset and, as its examples, no fractions of a second. */
export const instantToOparl = (instant: string): string =>
  new Date(instant).toISOString().replace(/\.\d{3}Z$/, '+00:00')

const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** OParl's names of our types; the last part of the schema's URL. */
const schemaNames: Readonly<Record<OparlType, string>> = {
  body: 'Body',
  'legislative-term': 'LegislativeTerm',
  organization: 'Organization',
  person: 'Person',
  membership: 'Membership',
  meeting: 'Meeting',
  'agenda-item': 'AgendaItem',
  paper: 'Paper',
  consultation: 'Consultation',
  file: 'File',
  location: 'Location',
}

export const schemaRoot = 'https://schema.oparl.org/1.1/'
export const schemaOf = (type: OparlType): string => `${schemaRoot}${schemaNames[type]}`

/** Types that the public site has a page for. */
const pageTypes: readonly OparlType[] = ['organization', 'person', 'meeting', 'agenda-item', 'paper']

/** Every address of the interface, below the hub's public address (an origin, no slash at the end). */
export class Addresses {
  readonly #publicUrl: string

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl.replace(/\/$/, '')
  }

  system = (): string => `${this.#publicUrl}${root}`
  bodies = (): string => `${this.#publicUrl}${root}/bodies`
  object = (id: string): string => `${this.#publicUrl}${root}/${typeOfId(id)}/${keyOf(id)}`
  list = (owner: string, path: string): string => `${this.object(owner)}/${path}`
  site = (): string => `${this.#publicUrl}/`
  /** The page of the public site that shows a record, where there is one. */
  page(id: string): string | undefined {
    const type = typeOfId(id)
    return pageTypes.some((entry) => entry === type) ? `${this.#publicUrl}/${type}/${keyOf(id)}` : undefined
  }
  /** Bytes to look at. */
  file = ({ sha512 }: OparlFile): string => `${this.#publicUrl}${paths.file(sha512)}`
  /** Media of a recording. */
  media = (path: string): string => `${this.#publicUrl}${path}`
  /** Bytes to keep. */
  download = (file: OparlFile): string => `${this.file(file)}?download`

  /** Addresses of those of the given records that are public. */
  existing(catalogue: PublicCatalogue, type: OparlType, ids: readonly string[] | undefined): string[] | undefined {
    const found = (ids ?? []).filter((id) => catalogue.get(type, id)).map((id) => this.object(id))
    return found.length > 0 ? found : undefined
  }
}
