import * as v from 'valibot'
import type { OparlRecord, OparlType } from '../../../shared/oparl/index.ts'
import { failed, success, type Result } from '../../../shared/result.ts'
import type { PublicCatalogue, Tombstone } from '../public-catalogue.ts'
import { modifiedOf, recordToOparl, tombstoneToOparl, type OparlObject, type Rendering } from './objects.ts'
import type { RecordedFile } from '../public-transmissions.ts'

/** OParl recommends pages of at most 100 objects. */
const largestPage = 100

/** A `+` of a numeric offset that was not encoded arrives as a blank. */
const instant = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+')),
  v.isoTimestamp('must be a date-time with an offset such as 2026-05-04T17:00:00+02:00'),
)
const positive = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text)
const count = v.pipe(v.string(), v.check(positive, 'must be a whole number from 1'), v.transform(Number))

const querySchema = v.object({
  created_since: v.optional(instant),
  created_until: v.optional(instant),
  modified_since: v.optional(instant),
  modified_until: v.optional(instant),
  limit: v.optional(count),
  omit_internal: v.optional(v.picklist(['true', 'false'], 'must be true or false')),
  page: v.optional(count),
})
export type ListQuery = v.InferOutput<typeof querySchema>

/** Reads the parameters of a list; others are ignored. Fails with a sentence that names the parameter. */
export function readListQuery(input: unknown): Result<ListQuery, string> {
  const outcome = v.safeParse(querySchema, input)
  if (outcome.success) return success(outcome.output)
  const [issue] = outcome.issues
  return failed(`${v.getDotPath(issue) ?? 'query'} ${issue.message}`)
}

/** What a list holds before filters: records in a stable order, and those that once were. */
export interface Listing {
  readonly records: readonly OparlRecord[]
  readonly tombstones: readonly Tombstone<OparlType>[]
  /** Files of recordings, where files are listed; deleted ones among them. */
  readonly recordings?: readonly RecordedFile[]
  /** Address of the list, without parameters. */
  readonly address: string
  readonly web?: string
}

/** One page of a list; undefined when there are fewer pages. */
export function pageOf(
  listing: Listing,
  query: ListQuery,
  rendering: Omit<Rendering, 'omitInternal'>,
): OparlObject | undefined {
  const entries = select(listing, query, { ...rendering, omitInternal: query.omit_internal === 'true' })
  const size = Math.min(query.limit ?? largestPage, largestPage)
  const pages = Math.max(1, Math.ceil(entries.length / size))
  const page = query.page ?? 1
  if (page > pages) return undefined
  return {
    data: entries.slice((page - 1) * size, page * size).map(({ render }) => render()),
    pagination: { totalElements: entries.length, elementsPerPage: size, currentPage: page, totalPages: pages },
    links: linksOf(listing, query, page, pages),
  }
}

interface Entry {
  readonly id: string
  readonly created: number
  readonly modified: number
  readonly render: () => OparlObject
}

/** Deleted objects show only to those who ask what changed since a time (OParl 1.1, "Gelöschte Objekte"). */
function select({ records, tombstones, recordings = [] }: Listing, query: ListQuery, rendering: Rendering): Entry[] {
  const areAsked = query.modified_since !== undefined
  const entries = [
    ...records.map((record) => entryOf(record, modifiedOf(record, rendering), () => recordToOparl(record, rendering))),
    ...(areAsked ? tombstones : []).map((tombstone) =>
      entryOf(tombstone, tombstone.modified, () => tombstoneToOparl(tombstone, rendering.addresses)),
    ),
    ...recordings
      .filter(({ size }) => areAsked || size !== undefined)
      .map((file) => ({ ...file, render: () => rendering.recordings.toOparl(file) })),
  ]
  const within = (value: number, since = '', until = ''): boolean =>
    (since === '' || value >= Date.parse(since)) && (until === '' || value <= Date.parse(until))
  return entries
    .filter(
      ({ created, modified }) =>
        within(created, query.created_since, query.created_until) &&
        within(modified, query.modified_since, query.modified_until),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

const entryOf = ({ _id, created }: Tombstone | OparlRecord, modified: string, render: Entry['render']): Entry => ({
  ...{ id: _id, created: Date.parse(created), modified: Date.parse(modified), render },
})

function linksOf(listing: Listing, query: ListQuery, page: number, pages: number): OparlObject {
  const address = (number: number): string => {
    // One canonical spelling: parameters by name, the first page without a number.
    const parameters = Object.entries({ ...query, page: number > 1 ? number : undefined })
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]): [string, string] => [name, String(value)])
    const text = new URLSearchParams(parameters).toString()
    return text ? `${listing.address}?${text}` : listing.address
  }
  return {
    first: address(1),
    ...(page > 1 ? { prev: address(page - 1) } : {}),
    self: address(page),
    ...(page < pages ? { next: address(page + 1) } : {}),
    last: address(pages),
    ...(listing.web ? { web: listing.web } : {}),
  }
}

/** The body that a record belongs to; undefined where it belongs to none in particular. */
function bodyOf(record: OparlRecord, catalogue: PublicCatalogue): string | undefined {
  if ('body' in record) return record.body
  if (record.type === 'membership') return catalogue.get('organization', record.organization)?.body
  if ('term' in record) return catalogue.get('legislative-term', record.term)?.body
  return undefined
}

/** Everything of a type that belongs to a body. */
export function recordsOfBody(catalogue: PublicCatalogue, type: OparlType, body: string): readonly OparlRecord[] {
  const records: readonly OparlRecord[] = catalogue.all(type)
  if (catalogue.all('body').length === 1) return records
  return records.filter((record) => (bodyOf(record, catalogue) ?? body) === body)
}
