import { merge, revExists, rootToLeaf, traverseRevTree, type RevisionNode, type RevisionPath } from 'pouchdb-merge'
import type { Revisions } from '../../../shared/ports/document-store.ts'

/** Every known revision of a document; several roots where branches came without a common ancestor. */
export type RevisionTree = RevisionPath[]

export interface Leaf {
  readonly rev: string
  readonly deleted?: true
}

/** Generations that a branch remembers, as CouchDB's and PouchDB's default. */
const revisionLimit = 1000

/** The generation of a revision: `3` of `3-9f…`. */
export const generationOf = (rev: string): number => Number.parseInt(rev, 10)
/** A revision's id without its generation. */
export const hashOf = (rev: string): string => rev.slice(rev.indexOf('-') + 1)

/** The revision that an ancestry leads to. */
export const newestOf = ({ start, ids }: Revisions): string => `${start}-${ids[0]}`

/**
 * Leaves in CouchDB's order: living before deleted, longer before shorter, then the greater id. The first one wins.
 * https://docs.couchdb.org/en/stable/replication/conflicts.html
 */
export function leavesOf(tree: RevisionTree): [Leaf, ...Leaf[]] {
  const leaves: Leaf[] = []
  traverseRevTree(tree, (isLeaf, pos, id, _context, state) => {
    if (isLeaf) leaves.push(state.deleted ? { rev: `${pos}-${id}`, deleted: true } : { rev: `${pos}-${id}` })
  })
  return leaves.sort(byPrecedence) as [Leaf, ...Leaf[]]
}

function byPrecedence(a: Leaf, b: Leaf): number {
  if (a.deleted !== b.deleted) return a.deleted ? 1 : -1
  const generations = generationOf(b.rev) - generationOf(a.rev)
  if (generations !== 0) return generations
  return hashOf(a.rev) < hashOf(b.rev) ? 1 : -1
}

/** Revisions that lost against the winner and are not deleted. */
export const conflictsAmong = (leaves: readonly Leaf[]): string[] =>
  leaves.slice(1).flatMap((leaf) => (leaf.deleted ? [] : [leaf.rev]))

/** Whether the tree knows a revision, as a leaf or as an ancestor. */
export const knowsRevision = (tree: RevisionTree, rev: string): boolean => revExists(tree, rev)

/** The ancestry of a revision as far as the tree remembers it. */
export function ancestryOf(tree: RevisionTree, rev: string): Revisions | undefined {
  for (const path of rootToLeaf(tree)) {
    const index = generationOf(rev) - path.pos
    if (path.ids[index]?.id !== hashOf(rev)) continue
    return {
      start: path.pos + index,
      ids: path.ids
        .slice(0, index + 1)
        .map(({ id }) => id)
        .reverse(),
    }
  }
  return undefined
}

/** Adds a revision with its ancestry; `forgotten` are the revisions that are now beyond the limit. */
export function graft(
  tree: RevisionTree,
  revisions: Revisions,
  deleted: boolean,
): { tree: RevisionTree; forgotten: string[] } {
  const [newest, ...ancestors] = revisions.ids
  let node: RevisionNode = [newest ?? '', deleted ? { status: 'available', deleted } : { status: 'available' }, []]
  for (const id of ancestors) node = [id, { status: 'missing' }, [node]]
  const merged = merge(tree, { pos: revisions.start - ancestors.length, ids: node }, revisionLimit)
  return { tree: merged.tree, forgotten: merged.stemmedRevs }
}
