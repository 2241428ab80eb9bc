import type { Revisions, StoredDocument } from '../../../../shared/ports/document-store.ts'

type Fields = Readonly<Record<string, unknown>>

/** A document with its ancestry, ready for `new_edits: false`. */
export type Revision = StoredDocument & { readonly _revisions: Revisions }

/**
 * The next revision of a record. Its name is a digest of what it holds and what it follows, so that devices that come
 * to the same state from the same revisions write one revision and not a conflict.
 *
 * @param content without `_rev` and other fields of replication
 * @param ended leaves besides the parent that this revision settles
 */
export async function reviseAs(
  content: Fields & { readonly _id: string },
  parent: Revision | undefined,
  ended: readonly Revision[] = [],
): Promise<Revision> {
  const follows = [parent?._rev ?? '', ...ended.map(({ _rev }) => _rev).toSorted()]
  const bytes = new TextEncoder().encode(canonical({ content, follows }))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hash = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const start = (parent?._revisions.start ?? 0) + 1
  const ids = [hash, ...(parent?._revisions.ids ?? [])]
  return { ...content, _rev: `${start}-${hash}`, _revisions: { start, ids } }
}

/** Ends a branch that lost. */
export const endBranch = (leaf: Revision): Promise<Revision> => reviseAs({ _id: leaf._id, _deleted: true }, leaf)

/** JSON with sorted keys: the same content gives the same text on every device. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

const bookkeeping = new Set(['_rev', '_revisions', '_conflicts', '_deleted', '_attachments'])

export const contentOf = (document: Fields): Fields & { readonly _id: string } =>
  Object.fromEntries(Object.entries(document).filter(([field]) => !bookkeeping.has(field))) as { _id: string }

/** Revisions of an ancestry, newest first. */
export const ancestryOf = ({ _revisions: { start, ids } }: Revision): string[] =>
  ids.map((hash, age) => `${start - age}-${hash}`)

/** The newest revision that all leaves descend from. */
export function commonAncestor(leaves: readonly Revision[]): string | undefined {
  const [first, ...others] = leaves.map(ancestryOf)
  return first?.find((rev) => others.every((ancestry) => ancestry.includes(rev)))
}
