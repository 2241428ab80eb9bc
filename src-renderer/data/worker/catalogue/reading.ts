import type { StoredDocument } from '../../../../shared/ports/document-store.ts'

/** Live leaves of a document with their ancestry, the winner first (the deepest; of equals the greater hash). */
export function byWinner(leaves: readonly StoredDocument[]): StoredDocument[] {
  const generation = (rev: string): number => Number.parseInt(rev, 10)
  return leaves
    .filter((leaf) => !leaf._deleted)
    .toSorted((a, b) => generation(b._rev) - generation(a._rev) || (a._rev < b._rev ? 1 : -1))
}
