import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'

/** Ids of the legislative terms that ended before a day (`yyyy-mm-dd`). Terms are known to everybody. */
export async function closedTerms(
  store: DocumentStore,
  audience: AudienceStore,
  today: string,
): Promise<ReadonlySet<string>> {
  // Records of an organization name terms that stand in `public`.
  const source = audience.audience === 'office' ? audience : await store.open('public')
  const { rows } = await source.list({ startKey: 'legislative-term:', endKey: 'legislative-term;', includeDocs: true })
  const closed = rows.filter(({ doc }) => {
    const end = doc?.['endDate']
    return typeof end === 'string' && end < today
  })
  return new Set(closed.map(({ id }) => id))
}

/** The calendar day of an instant, in the time zone of the machine. */
export function dayOf(instant: number): string {
  const date = new Date(instant)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
