import { typeOfId } from '../../../../shared/oparl/record.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'

/**
 * Documents of a first contact, kept in memory so that what was just written need not be read and unsealed again. Only
 * whole types of documents written once, with one leaf, are given: anything else is for the database to tell.
 */
export class FreshDocuments {
  #types = new Map<string, Map<string, StoredDocument>>()
  #told = new Set<string>()
  #isWhole: boolean

  /** @param isWhole whether the database was empty before: of types that never came it then holds nothing */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole
  }

  /** A batch of the first contact. */
  note(batch: readonly StoredDocument[]): void {
    for (const document of batch) {
      const type = typeOfId(document._id) ?? ''
      if (this.#told.has(type)) continue
      const documents = this.#types.get(type) ?? new Map<string, StoredDocument>()
      if (documents.has(document._id) || document._deleted) this.#forget(type)
      else this.#types.set(type, documents.set(document._id, document))
    }
  }

  /** Ids that were written after the first contact. */
  noteLater(ids: readonly string[]): void {
    for (const id of ids) this.#forget(typeOfId(id) ?? '')
  }

  /** As `take`, and leaves them to be taken. */
  peek(type: string): Map<string, StoredDocument> | undefined {
    return this.#types.get(type) ?? (this.#isWhole && !this.#told.has(type) ? new Map() : undefined)
  }

  /** All documents of a type, once; undefined when the database has to be asked. */
  take(type: string): Map<string, StoredDocument> | undefined {
    const documents = this.peek(type)
    this.#forget(type)
    return documents
  }

  #forget(type: string): void {
    this.#types.delete(type)
    this.#told.add(type)
  }
}
