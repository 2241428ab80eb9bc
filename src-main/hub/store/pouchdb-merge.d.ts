/** Types of PouchDB's merge algorithm, which ships none. */
declare module 'pouchdb-merge' {
  export interface RevisionState {
    status: 'available' | 'missing'
    deleted?: boolean
  }
  /** A revision's id without its generation, its state, and the revisions that follow it. */
  export type RevisionNode = [id: string, state: RevisionState, children: RevisionNode[]]
  /** A root, or the oldest revision still known, at its generation. */
  export interface RevisionPath {
    pos: number
    ids: RevisionNode
  }

  export function merge(
    tree: RevisionPath[],
    path: RevisionPath,
    depth: number,
  ): { tree: RevisionPath[]; stemmedRevs: string[]; conflicts: 'new_leaf' | 'new_branch' | 'internal_node' }

  export function rootToLeaf(tree: RevisionPath[]): { pos: number; ids: { id: string; opts: RevisionState }[] }[]

  export function revExists(tree: RevisionPath[], rev: string): boolean

  export function traverseRevTree(
    tree: RevisionPath[],
    visit: (isLeaf: boolean, pos: number, id: string, context: unknown, state: RevisionState) => unknown,
  ): void
}
