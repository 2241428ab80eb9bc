import { typeOfId } from '../oparl/record.ts'
import type { StoredDocument } from '../ports/document-store.ts'
import { boundsOf, type Bounds } from './bounds.ts'
import { titleLine } from './titles.ts'

/** Documents of one type in a pack. */
export interface PackSection {
  readonly type: string
  readonly bounds: Bounds
  /** A JSON array of the documents, on one line. */
  readonly text: string
}

export interface Pack {
  /** A line of every document that a search can find. */
  readonly titles: string
  readonly sections: readonly PackSection[]
}

interface PackHead {
  readonly titles: string
  readonly sections: readonly Omit<PackSection, 'text'>[]
}

/**
 * The text of a pack, newline-delimited JSON: the head with the titles and what each section holds, then the documents
 * of each section as one array. Everything that devices need to know of a pack is in its head: forty thousand documents
 * are kept without one being parsed.
 */
export function writePack(documents: readonly StoredDocument[]): string {
  const byType = [...Map.groupBy(documents, ({ _id }) => typeOfId(_id) ?? '')]
  const head: PackHead = {
    titles: documents.flatMap((document) => titleLine(document) ?? []).join('\n'),
    sections: byType.map(([type, own]) => ({ type, bounds: boundsOf(type, own) })),
  }
  return [head, ...byType.map(([, own]) => own)].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** A pack by its text. Throws when that is none, or was cut off. */
export function readPack(text: string): Pack {
  const [first = '', ...texts] = text.split('\n')
  const { titles, sections } = JSON.parse(first) as PackHead
  if (texts.length !== sections.length + 1) throw new Error('A pack has not as many sections as it says')
  return { titles, sections: sections.map((section, place) => ({ ...section, text: texts[place]! })) }
}
