import type { OparlRecord, OparlType } from '../../../shared/oparl/index.ts'
import type {
  AgendaItem,
  Body,
  Consultation,
  LegislativeTerm,
  Meeting,
  Membership,
  OparlFile,
  OparlLocation,
  Organization,
  Paper,
  Person,
} from '../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import type { PublicCatalogue, Tombstone } from '../public-catalogue.ts'
import type { RecordedFile } from '../public-transmissions.ts'
import type { OparlRecordings } from './recordings.ts'
import { bodyLists, instantToOparl, schemaOf, schemaRoot, type Addresses } from './addresses.ts'

export type OparlObject = Readonly<Record<string, unknown>>

/** What records are rendered from and how. */
export interface Rendering {
  readonly catalogue: PublicCatalogue
  readonly addresses: Addresses
  readonly recordings: OparlRecordings
  /** Leaves out every object that would be embedded (OParl 1.1, `omit_internal`). */
  readonly omitInternal: boolean
}

/** Lists that an object must have even when they are empty. */
const mandatoryLists = ['legislativeTerm']

/** Optional properties are left out rather than null or empty. */
const compact = (fields: Record<string, unknown>): OparlObject =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => {
      if (Array.isArray(value)) return value.length > 0 || mandatoryLists.includes(name)
      return value !== undefined && value !== null && value !== ''
    }),
  )

/** Vocabulary that OParl recommends for Organization. */
const organizationTypes: Readonly<Record<Organization['organizationType'], { type: string; classification: string }>> =
  {
    council: { type: 'Gremium', classification: 'Parlament' },
    committee: { type: 'Gremium', classification: 'Ausschuss' },
    'advisory-board': { type: 'Gremium', classification: 'Beirat' },
    faction: { type: 'Fraktion', classification: 'Fraktion' },
    administration: { type: 'Verwaltungsbereich', classification: 'Verwaltung' },
  }

export function tombstoneToOparl(
  { _id, type, created, modified }: Tombstone<OparlType>,
  addresses: Addresses,
): OparlObject {
  return {
    id: addresses.object(_id),
    type: schemaOf(type),
    created: instantToOparl(created),
    modified: instantToOparl(modified),
    deleted: true,
  }
}

export function systemToOparl({ catalogue, addresses }: Rendering): OparlObject {
  const bodies = catalogue.all('body')
  const unknown = new Date(0).toISOString()
  const [first] = bodies
  return compact({
    id: addresses.system(),
    type: `${schemaRoot}System`,
    oparlVersion: schemaRoot,
    body: addresses.bodies(),
    name: first?.name,
    contactEmail: first?.contactEmail,
    contactName: first?.contactName,
    license: first?.license,
    website: addresses.site(),
    web: addresses.site(),
    created: instantToOparl(bodies.map(({ created }) => created).sort()[0] ?? unknown),
    modified: instantToOparl(
      bodies
        .map(({ modified }) => modified)
        .sort()
        .at(-1) ?? unknown,
    ),
  })
}

/**
 * A public record as OParl 1.1 shows it.
 *
 * @param embedded inside another object: then without the reference back to it
 */
export function recordToOparl(record: OparlRecord, rendering: Rendering, embedded = false): OparlObject {
  const { addresses } = rendering
  const own = ownProperties(record, new Links(rendering, embedded))
  return compact({
    id: addresses.object(record._id),
    type: schemaOf(record.type),
    ...own,
    created: instantToOparl(record.created),
    modified: instantToOparl(modifiedOf(record, rendering)),
    web: addresses.page(record._id),
  })
}

/** When what OParl tells of a record changed: with a course or a recording, that is a change of them too. */
export function modifiedOf(
  record: OparlRecord,
  { catalogue, recordings }: Pick<Rendering, 'catalogue' | 'recordings'>,
): string {
  const { modified, type } = record
  if (type !== 'agenda-item' && type !== 'meeting') return modified
  const hasCourse = type === 'agenda-item' && courseOf(record, catalogue) !== undefined
  const course = hasCourse ? (catalogue.progress(record.meeting)?.modified ?? modified) : modified
  const recording =
    type === 'meeting' || hasCourse ? recordings.modified(type === 'meeting' ? record._id : record.meeting) : 0
  return new Date(Math.max(Date.parse(modified), Date.parse(course), recording ?? 0)).toISOString()
}

/** When an item was first taken up and, once it is done, when it was left; undefined before, and of closed items. */
function courseOf(
  { _id, meeting, public: isPublic }: AgendaItem,
  catalogue: PublicCatalogue,
): { readonly start: string; readonly end?: string | undefined } | undefined {
  const course = catalogue.progress(meeting)?.items.find(({ item }) => item === _id)
  const [first, last] = [course?.spans[0], course?.spans.at(-1)]
  if (!isPublic || !course || !first) return undefined
  const isOver = course.status === 'done' && last?.to !== undefined
  return { start: first.from, ...(isOver ? { end: last.to } : {}) }
}

function ownProperties(record: OparlRecord, links: Links): Record<string, unknown> {
  switch (record.type) {
    case 'body':
      return bodyProperties(record, links)
    case 'legislative-term':
      return legislativeTermProperties(record, links)
    case 'organization':
      return organizationProperties(record, links)
    case 'person':
      return personProperties(record, links)
    case 'membership':
      return membershipProperties(record, links)
    case 'meeting':
      return meetingProperties(record, links)
    case 'agenda-item':
      return agendaItemProperties(record, links)
    case 'paper':
      return paperProperties(record, links)
    case 'consultation':
      return consultationProperties(record, links)
    case 'file':
      return fileProperties(record, links)
    case 'location':
      return locationProperties(record)
  }
}

/** How one object names others: by address, embedded, or by the address of a list. */
class Links {
  readonly #rendering: Rendering
  readonly embedded: boolean

  constructor(rendering: Rendering, embedded: boolean) {
    this.#rendering = rendering
    this.embedded = embedded
  }

  get catalogue(): PublicCatalogue {
    return this.#rendering.catalogue
  }
  get addresses(): Addresses {
    return this.#rendering.addresses
  }

  many(type: OparlType, ids: readonly string[] | undefined): string[] | undefined {
    return this.addresses.existing(this.catalogue, type, ids)
  }

  one(type: OparlType, id: string | undefined): string | undefined {
    return this.many(type, id === undefined ? [] : [id])?.[0]
  }

  /** The reference to the object that embeds this one, left out where it is embedded. */
  back(type: OparlType, ids: readonly string[]): string[] | undefined {
    return this.embedded ? undefined : this.many(type, ids)
  }

  embed(records: readonly (OparlRecord | undefined)[]): OparlObject[] | undefined {
    if (this.#rendering.omitInternal) return undefined
    return records
      .filter((record) => record !== undefined)
      .map((record) => recordToOparl(record, this.#rendering, true))
  }

  embedOne(type: OparlType, id: string | undefined): OparlObject | undefined {
    return this.embed([this.catalogue.get(type, id)])?.[0]
  }

  /** Files that records name, and those of recordings. */
  embedFiles(
    ids: readonly string[] | undefined,
    recorded: (recordings: OparlRecordings) => readonly RecordedFile[],
  ): OparlObject[] | undefined {
    const files = this.embed((ids ?? []).map((id) => this.catalogue.get('file', id)))
    const { recordings } = this.#rendering
    return files && [...files, ...recorded(recordings).map((file) => recordings.toOparl(file, true))]
  }

  bodyOfTerm(term: string): string | undefined {
    return this.one('body', this.catalogue.get('legislative-term', term)?.body)
  }
}

function bodyProperties(body: Body, links: Links): Record<string, unknown> {
  const terms = links.catalogue.naming('legislative-term', body._id)
  const lists = Object.entries(bodyLists).map(([property, path]) => [property, links.addresses.list(body._id, path)])
  return {
    system: links.addresses.system(),
    ...{ name: body.name, shortName: body.shortName, website: body.website, license: body.license },
    ...{ ags: body.ags, rgs: body.rgs, contactName: body.contactName, contactEmail: body.contactEmail },
    ...(Object.fromEntries(lists) as object),
    legislativeTerm: links.embed(terms),
    classification: body.classification,
    location: links.embedOne('location', body.location),
  }
}

const legislativeTermProperties = (term: LegislativeTerm, links: Links): Record<string, unknown> => ({
  body: links.back('body', [term.body])?.[0],
  ...{ name: term.name, startDate: term.startDate, endDate: term.endDate },
})

function organizationProperties(organization: Organization, links: Links): Record<string, unknown> {
  const vocabulary = organizationTypes[organization.organizationType]
  const memberships = links.catalogue.naming('membership', organization._id)
  return {
    body: links.one('body', organization.body),
    ...{ name: organization.name, shortName: organization.shortName },
    membership: memberships
      .filter((membership) => membership.organization === organization._id)
      .map(({ _id }) => links.addresses.object(_id)),
    meeting: links.addresses.list(organization._id, 'meetings'),
    subOrganizationOf: links.one('organization', organization.subOrganizationOf),
    organizationType: vocabulary.type,
    classification: organization.classification ?? vocabulary.classification,
    ...{ startDate: organization.startDate, endDate: organization.endDate },
    location: links.embedOne('location', organization.location),
  }
}

const personProperties = (person: Person, links: Links): Record<string, unknown> => ({
  body: links.one('body', person.body),
  ...{ name: person.name, familyName: person.familyName, givenName: person.givenName },
  ...{ formOfAddress: person.formOfAddress, affix: person.affix, title: person.title },
  ...{ phone: person.phone, email: person.email, status: person.status, life: person.life },
  location: links.one('location', person.location),
  membership: links.embed(links.catalogue.naming('membership', person._id)),
})

const membershipProperties = (membership: Membership, links: Links): Record<string, unknown> => ({
  person: links.back('person', [membership.person])?.[0],
  organization: links.one('organization', membership.organization),
  ...{ role: membership.role, votingRight: membership.votingRight },
  ...{ startDate: membership.startDate, endDate: membership.endDate },
  onBehalfOf: links.one('organization', membership.onBehalfOf),
})

/** Minutes say what was decided and how it came to that: OParl's results protocol. The archive's copy is beside it. */
function meetingProperties(meeting: Meeting, links: Links): Record<string, unknown> {
  const [minutes] = links.catalogue.naming('minutes', meeting._id)
  const archived = minutes?.archiveFile === undefined ? [] : [minutes.archiveFile]
  return {
    ...{ name: meeting.name, cancelled: meeting.cancelled },
    start: instantToOparl(meeting.start),
    end: meeting.end && instantToOparl(meeting.end),
    location: links.embedOne('location', meeting.location),
    organization: links.many('organization', meeting.organization),
    invitation: links.embedOne('file', meeting.invitation),
    resultsProtocol: links.embedOne('file', minutes?.publicFile),
    auxiliaryFile: links.embedFiles([...(meeting.auxiliaryFile ?? []), ...archived], (recordings) =>
      recordings.of(meeting._id),
    ),
    agendaItem: links.embed(sortAgenda(links.catalogue.naming('agenda-item', meeting._id))),
  }
}

function agendaItemProperties(item: AgendaItem, links: Links): Record<string, unknown> {
  const number = numberAgenda(links.catalogue.naming('agenda-item', item.meeting)).get(item._id) ?? 1
  // OParl knows one resolution per item: what was agreed on last is what holds.
  const resolutions = links.catalogue.naming('resolution', item._id)
  const resolution = resolutions.filter(({ outcome }) => outcome === 'accepted').at(-1)
  const course = courseOf(item, links.catalogue)
  return {
    meeting: links.back('meeting', [item.meeting])?.[0],
    number: String(number),
    // OParl counts places from 0.
    order: number - 1,
    ...{ name: item.name, public: item.public, result: item.result },
    start: course && instantToOparl(course.start),
    end: course?.end && instantToOparl(course.end),
    resolutionText: item.resolutionText ?? resolution?.wording,
    consultation: links.one('consultation', item.consultation),
    resolutionFile: links.embedOne('file', item.resolutionFile ?? resolution?.file),
    auxiliaryFile: links.embedFiles(item.auxiliaryFile, (recordings) => recordings.ofItem(item)),
  }
}

const paperProperties = (paper: Paper, links: Links): Record<string, unknown> => ({
  body: links.bodyOfTerm(paper.term),
  ...{ name: paper.name, reference: paper.reference, date: paper.date, paperType: paper.paperType },
  relatedPaper: links.many('paper', paper.relatedPaper),
  mainFile: links.embedOne('file', paper.mainFile),
  auxiliaryFile: links.embedFiles(paper.auxiliaryFile, () => []),
  originatorPerson: links.many('person', paper.originatorPerson),
  originatorOrganization: links.many('organization', paper.originatorOrganization),
  underDirectionOf: links.many('organization', paper.underDirectionOf),
  consultation: links.embed(links.catalogue.naming('consultation', paper._id)),
})

const consultationProperties = (consultation: Consultation, links: Links): Record<string, unknown> => ({
  paper: links.back('paper', [consultation.paper])?.[0],
  agendaItem: links.one('agenda-item', consultation.agendaItem),
  meeting: links.one('meeting', consultation.meeting),
  organization: links.many('organization', consultation.organization),
  ...{ authoritative: consultation.authoritative, role: consultation.role },
})

function fileProperties(file: OparlFile, links: Links): Record<string, unknown> {
  const { catalogue } = links
  const minutes = catalogue.naming('minutes', file._id).map(({ meeting }) => meeting)
  const resolutions = catalogue.naming('resolution', file._id).flatMap(({ agendaItem }) => agendaItem ?? [])
  const naming = (type: 'meeting' | 'agenda-item' | 'paper', more: readonly string[] = []): string[] | undefined =>
    links.back(type, [...catalogue.naming(type, file._id).map(({ _id }) => _id), ...more])
  return {
    ...{ name: file.name, fileName: file.fileName, mimeType: file.mimeType, date: file.date, size: file.size },
    sha512Checksum: file.sha512,
    // OParl has no field for them; properties of implementations begin with a prefix of theirs.
    'ratssaal:author': file.authors,
    accessUrl: links.addresses.file(file),
    downloadUrl: links.addresses.download(file),
    ...{ paper: naming('paper'), meeting: naming('meeting', minutes) },
    agendaItem: naming('agenda-item', resolutions),
  }
}

const locationProperties = (location: OparlLocation): Record<string, unknown> => ({
  ...{ description: location.description, streetAddress: location.streetAddress, room: location.room },
  ...{ postalCode: location.postalCode, locality: location.locality },
})
