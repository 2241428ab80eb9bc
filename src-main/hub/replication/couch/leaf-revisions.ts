import type { AudienceStore, StoredDocument } from '../../../../shared/ports/document-store.ts'

export interface LeafQuery {
  /** Instead of an ancestor the leaves that came of it. */
  readonly latest: boolean
  readonly attachments: boolean
  /** Keep `_revisions`. */
  readonly revs: boolean
}

/** Asked revisions, or every leaf, as `open_revs` and `_bulk_get` want them. */
export async function readLeaves(
  store: AudienceStore,
  id: string,
  asked: readonly string[] | 'all',
  query: LeafQuery,
): Promise<{ found: StoredDocument[]; missing: string[] }> {
  const { attachments } = query
  const answer =
    query.latest && asked !== 'all'
      ? latestOf(await store.openRevisions(id, 'all', { attachments }), asked)
      : await store.openRevisions(id, asked, { attachments })
  return { found: query.revs ? answer.found : answer.found.map(withoutRevisions), missing: answer.missing }
}

function latestOf(
  { found: leaves }: { found: StoredDocument[] },
  asked: readonly string[],
): { found: StoredDocument[]; missing: string[] } {
  const found = new Set<StoredDocument>()
  const missing: string[] = []
  for (const rev of asked) {
    const exact = leaves.filter((leaf) => leaf._rev === rev)
    const heirs = exact.length > 0 ? exact : leaves.filter((leaf) => descendsFrom(leaf, rev))
    for (const leaf of heirs) found.add(leaf)
    if (heirs.length === 0) missing.push(rev)
  }
  return { found: [...found], missing }
}

function descendsFrom({ _revisions }: StoredDocument, rev: string): boolean {
  if (!_revisions) return false
  const generation = Number.parseInt(rev, 10)
  return _revisions.ids[_revisions.start - generation] === rev.slice(rev.indexOf('-') + 1)
}

export function withoutRevisions({ _revisions, ...document }: StoredDocument): StoredDocument {
  return document
}
