import * as v from 'valibot'

/** The schemas of OParl 1.1 as far as its specification fixes them: mandatory fields, formats, embedding. */
const root = 'https://schema.oparl.org/1.1/'
const url = v.pipe(v.string(), v.url())
const text = v.pipe(v.string(), v.minLength(1))
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))
const dateTime = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/))
const some = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.pipe(v.array(schema), v.minLength(1)))

const common = (type: string) => ({
  id: url,
  type: v.literal(`${root}${type}`),
  created: dateTime,
  modified: dateTime,
  web: v.optional(url),
})

export const tombstone = v.strictObject({
  id: url,
  type: v.pipe(v.string(), v.startsWith(root)),
  created: dateTime,
  modified: dateTime,
  deleted: v.literal(true),
})

const location = v.strictObject({
  ...common('Location'),
  ...{ description: v.optional(text), streetAddress: v.optional(text), room: v.optional(text) },
  ...{ postalCode: v.optional(text), locality: v.optional(text) },
})

const embeddedFile = {
  ...common('File'),
  ...{ name: v.optional(text), fileName: v.optional(text), mimeType: v.optional(text), date: v.optional(date) },
  size: v.optional(v.pipe(v.number(), v.integer())),
  sha512Checksum: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/))),
  accessUrl: url,
  downloadUrl: v.optional(url),
  'ratssaal:author': some(text),
}
const fileWithin = v.strictObject(embeddedFile)
const file = v.strictObject({ ...embeddedFile, paper: some(url), meeting: some(url), agendaItem: some(url) })

const embeddedItem = {
  ...common('AgendaItem'),
  ...{ number: text, order: v.pipe(v.number(), v.integer(), v.minValue(0)), name: text, public: v.boolean() },
  ...{ consultation: v.optional(url), result: v.optional(text), resolutionText: v.optional(text) },
  ...{ resolutionFile: v.optional(fileWithin), auxiliaryFile: some(fileWithin) },
  ...{ start: v.optional(dateTime), end: v.optional(dateTime) },
}
const embeddedConsultation = {
  ...common('Consultation'),
  ...{ agendaItem: v.optional(url), meeting: v.optional(url), organization: some(url) },
  ...{ authoritative: v.optional(v.boolean()), role: v.optional(text) },
}
const embeddedMembership = {
  ...common('Membership'),
  ...{ organization: url, role: v.optional(text), votingRight: v.optional(v.boolean()) },
  ...{ startDate: v.optional(date), endDate: v.optional(date), onBehalfOf: v.optional(url) },
}
const embeddedTerm = { ...common('LegislativeTerm'), name: text, startDate: date, endDate: v.optional(date) }

/** Every type as it is at its own address or in a list. */
export const objectSchemas = {
  System: v.strictObject({
    ...common('System'),
    ...{ oparlVersion: v.literal(root), body: url, name: v.optional(text), license: v.optional(url) },
    ...{ contactEmail: v.optional(text), contactName: v.optional(text), website: v.optional(url) },
  }),
  Body: v.strictObject({
    ...common('Body'),
    ...{ system: url, name: text, shortName: v.optional(text), website: v.optional(url), license: v.optional(url) },
    ...{ ags: v.optional(text), rgs: v.optional(text), contactEmail: v.optional(text), contactName: v.optional(text) },
    ...{ organization: url, person: url, meeting: url, paper: url, agendaItem: url, consultation: url, file: url },
    ...{ locationList: url, legislativeTermList: url, membership: url, classification: v.optional(text) },
    legislativeTerm: v.array(v.strictObject(embeddedTerm)),
    location: v.optional(location),
  }),
  LegislativeTerm: v.strictObject({ ...embeddedTerm, body: url }),
  Organization: v.strictObject({
    ...common('Organization'),
    ...{ body: url, name: text, membership: some(url), meeting: url, shortName: v.optional(text) },
    ...{ subOrganizationOf: v.optional(url), organizationType: text, classification: text },
    ...{ startDate: v.optional(date), endDate: v.optional(date), location: v.optional(location) },
  }),
  Person: v.strictObject({
    ...common('Person'),
    ...{ body: url, name: text, familyName: text, givenName: v.optional(text), formOfAddress: v.optional(text) },
    ...{ affix: v.optional(text), title: some(text), phone: some(text), email: some(text), status: some(text) },
    ...{ life: v.optional(text), location: v.optional(url), membership: some(v.strictObject(embeddedMembership)) },
  }),
  Membership: v.strictObject({ ...embeddedMembership, person: url }),
  Meeting: v.strictObject({
    ...common('Meeting'),
    ...{ name: text, cancelled: v.optional(v.boolean()), start: dateTime, end: v.optional(dateTime) },
    ...{ location: v.optional(location), organization: v.pipe(v.array(url), v.minLength(1)) },
    ...{ invitation: v.optional(fileWithin), resultsProtocol: v.optional(fileWithin), auxiliaryFile: some(fileWithin) },
    agendaItem: some(v.strictObject(embeddedItem)),
  }),
  AgendaItem: v.strictObject({ ...embeddedItem, meeting: url }),
  Paper: v.strictObject({
    ...common('Paper'),
    ...{ body: url, name: text, reference: v.optional(text), date: v.optional(date), paperType: v.optional(text) },
    ...{ relatedPaper: some(url), mainFile: v.optional(fileWithin), auxiliaryFile: some(fileWithin) },
    ...{ originatorPerson: some(url), originatorOrganization: some(url), underDirectionOf: some(url) },
    consultation: some(v.strictObject(embeddedConsultation)),
  }),
  Consultation: v.strictObject({ ...embeddedConsultation, paper: url }),
  File: file,
  Location: location,
} as const

export const errorSchema = v.strictObject({ type: v.literal(`${root}Error`), message: text, debug: text })

const links = { first: url, prev: v.optional(url), self: url, next: v.optional(url), last: url, web: v.optional(url) }
export const pageSchema = v.strictObject({
  data: v.array(v.looseObject({ id: url, type: v.string() })),
  pagination: v.strictObject({
    totalElements: v.number(),
    elementsPerPage: v.pipe(v.number(), v.maxValue(100)),
    currentPage: v.number(),
    totalPages: v.number(),
  }),
  links: v.strictObject(links),
})
