import type { AnyRecord } from '../council/records/index.ts'
import type { StoredDocument } from '../ports/document-store.ts'
import { documentToRecord } from './document.ts'

/** What a search finds a record by. */
export interface Indexed {
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly text: string
}

/** What of a record is found by its words; undefined for types that nobody looks for. */
export function indexedFrom(record: AnyRecord): Indexed | undefined {
  if (record.deleted) return undefined
  const id = record._id
  switch (record.type) {
    case 'meeting':
      return { id, title: record.name, detail: record.start, text: '' }
    case 'agenda-item':
      return { id, title: record.name, detail: record.result ?? '', text: record.resolutionText ?? '' }
    case 'paper':
      return { id, title: record.name, detail: record.reference ?? record.date ?? '', text: record.paperType ?? '' }
    case 'organization':
      return { id, title: record.name, detail: record.classification ?? '', text: record.shortName ?? '' }
    case 'person':
      return { id, title: record.name, detail: record.life ?? '', text: '' }
    case 'file':
      return { id, title: record.name, detail: record.date ?? '', text: record.fileName }
    default:
      return undefined
  }
}

const flat = (text: string): string => text.replaceAll(/[\t\n]/g, ' ')

/** Line of a pack's titles, `<id>\t<title>\t<detail>\t<lower-case words>`; undefined for what nobody looks for. */
export function titleLine(document: StoredDocument): string | undefined {
  const record = documentToRecord(document)
  const indexed = record && indexedFrom(record)
  if (!indexed) return undefined
  const { id, title, detail, text } = indexed
  return [id, flat(title), flat(detail), flat(`${title} ${detail} ${text}`).toLowerCase()].join('\t')
}
