import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { parse } from 'yaml'
import { passagePlaces } from '../../../shared/council/records/passage.ts'
import { organizationTypes } from '../../../shared/oparl/organization.ts'
import { roles } from '../../../shared/rules/access.ts'

const text = v.pipe(v.string(), v.minLength(1))
const texts = v.pipe(v.array(text), v.minLength(1))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const address = v.strictObject({
  description: text,
  streetAddress: text,
  room: v.optional(text),
  postalCode: text,
  locality: text,
})
const place = v.strictObject({ name: text, of: text, at: text, district: text })
export const placeKinds = ['street', 'school', 'nursery', 'green', 'hall', 'plan'] as const
export type PlaceKind = (typeof placeKinds)[number]

const organization = v.strictObject({
  key: text,
  name: text,
  of: text,
  shortName: v.optional(text),
  type: v.picklist(organizationTypes),
  classification: text,
  weight: count,
  weekday: v.picklist([1, 2, 3, 4, 5]),
  hour: count,
  seats: count,
  room: text,
  district: v.optional(text),
  closed: v.optional(v.boolean(), false),
  experts: v.optional(v.boolean(), false),
})

const townSchema = v.strictObject({
  body: v.strictObject({
    name: text,
    shortName: text,
    classification: text,
    contactName: text,
    contactEmail: text,
    website: text,
    license: text,
    address,
  }),
  terms: text,
  factions: v.array(v.strictObject({ key: text, name: text, shortName: text, seats: count })),
  organizations: v.array(organization),
  administration: v.strictObject({ key: text, name: text, shortName: text, classification: text }),
  rooms: v.record(text, address),
  passages: v.array(
    v.strictObject({
      organization: v.optional(text),
      name: text,
      text,
      place: v.picklist(passagePlaces),
      source: v.optional(text),
    }),
  ),
  roles: v.strictObject({
    mayor: text,
    councillor: text,
    chair: text,
    deputy: text,
    member: text,
    expert: text,
    localHead: text,
    localHeadFemale: text,
    factionChair: text,
    factionMember: text,
    department: text,
    clerk: text,
    staff: text,
  }),
  forms: v.strictObject({ female: text, male: text }),
  people: v.array(
    v.strictObject({
      key: text,
      givenName: text,
      familyName: text,
      form: v.picklist(['female', 'male']),
      duty: v.picklist(['mayor', 'councillor', 'clerk', 'staff']),
      faction: v.optional(text),
      committees: v.optional(v.array(text), []),
      login: text,
      roles: v.array(v.picklist(roles)),
    }),
  ),
  password: text,
  districts: texts,
  places: v.strictObject(v.entriesFromList(placeKinds, v.array(place))),
})

const namesSchema = v.strictObject({
  given: v.strictObject({ female: texts, male: texts }),
  family: v.strictObject({ first: texts, second: texts }),
  titles: texts,
  streets: texts,
  occupations: texts,
})

const decision = v.strictObject({
  title: text,
  final: v.picklist(['committee', 'council']),
  finance: v.optional(v.boolean(), false),
  local: v.optional(v.boolean(), false),
  resolution: text,
})
const topic = v.strictObject({
  key: text,
  name: text,
  committee: text,
  boards: v.optional(v.array(text), []),
  office: text,
  decisions: v.array(decision),
  motions: v.array(v.strictObject({ title: text, resolution: text })),
  inquiries: texts,
  notices: texts,
  facts: texts,
})
const closedMatter = v.strictObject({
  title: text,
  topic: text,
  reason: text,
  neutral: v.optional(text),
  audit: v.optional(v.boolean(), false),
  resolution: text,
})

export const paperKinds = ['decision', 'motion', 'inquiry', 'notice', 'budget'] as const
export type PaperKind = (typeof paperKinds)[number]
const perKind = v.strictObject(v.entriesFromList(paperKinds, v.string()))

const phrasesSchema = v.strictObject({
  meetingName: text,
  paperTypes: perKind,
  titlePrefixes: perKind,
  consultationRoles: v.strictObject({ hearing: text, advice: text, decision: text, notice: text }),
  opening: texts,
  questions: text,
  minutes: text,
  announcements: text,
  closedAnnouncements: v.strictObject({ title: text, reason: text }),
  results: v.strictObject({
    agreed: texts,
    advised: texts,
    rejected: texts,
    deferred: texts,
    referred: texts,
    noted: texts,
    answered: texts,
  }),
  advice: text,
  tally: text,
  budget: v.strictObject({ title: text, resolution: text, file: text }),
  files: v.strictObject({
    paper: text,
    shared: text,
    closed: text,
    invitation: text,
    unnamed: text,
    fileNames: v.strictObject({ budget: text, invitation: text }),
  }),
  sheet: v.strictObject({
    page: text,
    number: text,
    office: text,
    date: text,
    status: text,
    open: text,
    closed: text,
    route: v.strictObject({ title: text, columns: texts }),
    resolution: text,
    noResolution: text,
    facts: text,
    amounts: v.strictObject({ title: text, text, columns: texts, rows: texts, sum: text }),
    sections: v.array(v.strictObject({ title: text, sentences: texts })),
    schedule: v.strictObject({ title: text, columns: texts, rows: texts, quarter: text }),
    invitation: v.strictObject({ title: text, text, open: text, closed: text, columns: texts }),
  }),
})

const budgetSchema = v.strictObject({
  title: text,
  note: text,
  contents: text,
  statute: v.strictObject({ title: text, paragraphs: texts }),
  report: v.strictObject({ title: text, sections: texts, sentences: texts }),
  totals: v.strictObject({ result: text, finance: text }),
  staff: v.strictObject({ title: text, columns: texts }),
  columns: texts,
  income: texts,
  incomeSum: text,
  expense: texts,
  expenseSum: text,
  balance: text,
  investments: texts,
  investmentsSum: text,
  product: v.strictObject({
    description: text,
    goals: text,
    figures: text,
    result: text,
    finance: text,
    notes: text,
    about: text,
    goalSentences: texts,
    noteSentences: texts,
    figureRows: texts,
  }),
  parts: v.array(v.strictObject({ name: text, products: texts })),
})

function read<Schema extends v.GenericSchema>(file: string, schema: Schema): v.InferOutput<Schema> {
  const outcome = v.safeParse(
    schema,
    parse(readFileSync(new URL(`../../../resources/demo/${file}`, import.meta.url), 'utf8')),
  )
  if (outcome.success) return outcome.output
  const faults = outcome.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
  throw new Error(`resources/demo/${file} is not as scripts/demo/town/words.ts expects it:\n${faults.join('\n')}`)
}

export const town = read('town.yml', townSchema)
export const names = read('names.yml', namesSchema)
export const topics = read('topics.yml', v.array(topic))
export const closedMatters = read('closed.yml', v.array(closedMatter))
export const phrases = read('phrases.yml', phrasesSchema)
export const budgetWords = read('budget.yml', budgetSchema)

export type OrganizationWords = v.InferOutput<typeof organization>
export type Place = v.InferOutput<typeof place>
export type Topic = v.InferOutput<typeof topic>
export type Decision = v.InferOutput<typeof decision>
export type ClosedMatter = v.InferOutput<typeof closedMatter>

/** Fills `{name}` and `{name.form}`; a slot that nobody fills is a mistake in the word lists. */
export function fill(template: string, slots: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{([\w.]+)\}/g, (slot, name: string) => {
    const value = slots[name]
    if (value === undefined) throw new Error(`nothing fills ${slot} in "${template}"`)
    return String(value)
  })
}
