import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AudienceStore, IncomingDocument, StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { openSqliteStore, type SqliteStore } from '../index.ts'

/** The part of PouchDB that is compared; its published types redefine Node's `Buffer` for the whole program. */
interface Pouch {
  bulkDocs(documents: readonly object[], options: { new_edits: boolean }): Promise<object[]>
  get(id: string, options: object): Promise<readonly ({ ok: StoredDocument } | { missing: string })[]>
  changes(options: object): Promise<{ results: readonly PouchChange[] }>
  allDocs(options: object): Promise<{ rows: readonly { doc?: StoredDocument }[] }>
  info(): Promise<{ doc_count: number }>
  destroy(): Promise<void>
}
interface PouchChange {
  readonly id: string
  readonly changes: readonly { readonly rev: string }[]
  readonly deleted?: true
  readonly doc: StoredDocument
}
interface PouchConstructor {
  new (name: string, options: { adapter: 'memory' }): Pouch
  plugin(plugin: unknown): void
}

const require = createRequire(import.meta.url)
const PouchDB = require('pouchdb-core') as PouchConstructor
PouchDB.plugin(require('pouchdb-adapter-memory'))

/** One document's part in a batch: whose child the new revision is, counted among the known ones, and what it does. */
interface Step {
  readonly parent: number | undefined
  readonly hash: string
  readonly deleted: boolean
}
interface Batch {
  readonly replicated: boolean
  /** At most one step for each document: PouchDB regroups a batch that names one twice, and with it the feed. */
  readonly steps: Readonly<Record<string, Step>>
}

const ids = ['a:1', 'a:2', 'b:1']
const step: fc.Arbitrary<Step> = fc.record({
  parent: fc.option(fc.nat(30), { nil: undefined, freq: 8 }),
  hash: fc.constantFrom('0a', '1b', '2c', '3d', '4e'),
  deleted: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
})
const batch: fc.Arbitrary<Batch> = fc.record({
  replicated: fc.boolean(),
  steps: fc.dictionary(fc.constantFrom(...ids), step, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
})

/** Applies the same history to both and remembers the ancestry of every revision that came to be. */
class History {
  readonly #ours: AudienceStore
  readonly #theirs: Pouch
  readonly #ancestries = new Map<string, string[][]>(ids.map((id) => [id, []]))
  #edits = 0

  constructor(ours: AudienceStore, theirs: Pouch) {
    this.#ours = ours
    this.#theirs = theirs
  }

  async apply({ replicated, steps }: Batch): Promise<void> {
    // PouchDB sorts replicated batches by id.
    const documents = Object.entries(steps)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, taken]) => (replicated ? this.#replicated(id, taken) : this.#edited(id, taken)))
    const newEdits = !replicated
    const theirs = await this.#theirs.bulkDocs(structuredClone(documents), { new_edits: newEdits })
    const ours = await this.#ours.write(documents, { newEdits })
    const brief = (outcomes: readonly object[]) =>
      outcomes.map((outcome) => ('rev' in outcome && 'ok' in outcome ? outcome.rev : 'conflict'))
    expect(ours.map((outcome) => (outcome.ok ? outcome.rev : outcome.error))).toEqual(brief(theirs))
    for (const document of documents) await this.#remember(document._id)
  }

  #replicated(id: string, { parent, hash, deleted }: Step): IncomingDocument {
    const known = this.#ancestries.get(id) ?? []
    const ancestors = parent === undefined || known.length === 0 ? [] : (known[parent % known.length] ?? [])
    const start = ancestors.length + 1
    // Real ids do not come twice in one ancestry, and PouchDB looks for them without their generation.
    const revisions = { start, ids: [`${hash}${start}`, ...ancestors] }
    const document = { _id: id, _rev: `${start}-${hash}${start}`, _revisions: revisions, n: (this.#edits += 1) }
    return deleted ? { ...document, _deleted: true } : document
  }

  #edited(id: string, { parent, deleted }: Step): IncomingDocument {
    const known = this.#ancestries.get(id) ?? []
    const ancestry = parent === undefined || known.length === 0 ? undefined : known[parent % known.length]
    const document = {
      _id: id,
      ...(ancestry ? { _rev: `${ancestry.length}-${ancestry[0]}` } : {}),
      n: (this.#edits += 1),
    }
    return deleted ? { ...document, _deleted: true } : document
  }

  async #remember(id: string): Promise<void> {
    const { found } = await this.#ours.openRevisions(id, 'all')
    const known = new Map((this.#ancestries.get(id) ?? []).map((ancestry) => [ancestry.join(), ancestry]))
    for (const { _revisions: revisions } of found) {
      const chain = [...(revisions?.ids ?? [])]
      for (let depth = 0; depth < chain.length; depth += 1) known.set(chain.slice(depth).join(), chain.slice(depth))
    }
    this.#ancestries.set(id, [...known.values()])
  }
}

const byRev = (a: StoredDocument, b: StoredDocument): number => (a._rev < b._rev ? -1 : 1)
const revsIn = (changes: readonly { readonly rev: string }[]): string[] => changes.map(({ rev }) => rev).sort()

async function viewOfOurs(store: AudienceStore) {
  const feed = await store.changes({ style: 'all_docs', includeDocs: true })
  const backwards = await store.changes({ descending: true, limit: 2 })
  return {
    feed: feed.rows.map(({ id, changes, deleted, doc }) => ({ id, changes: revsIn(changes), deleted, doc })),
    backwards: backwards.rows.map(({ id, changes }) => [id, changes]),
    list: (await store.list({ includeDocs: true, conflicts: true })).rows.map(({ doc }) => sortedConflicts(doc)),
    count: (await store.info()).docCount,
    leaves: await Promise.all(ids.map(async (id) => (await store.openRevisions(id, 'all')).found.toSorted(byRev))),
  }
}

async function viewOfTheirs(pouch: Pouch) {
  const feed = await pouch.changes({ style: 'all_docs', include_docs: true })
  const backwards = await pouch.changes({ descending: true, limit: 2 })
  const list = await pouch.allDocs({ include_docs: true, conflicts: true })
  const leaves = ids.map(async (id) => {
    const rows = await pouch.get(id, { open_revs: 'all', revs: true }).catch(() => [])
    return rows.flatMap((row) => ('ok' in row ? [row.ok] : [])).sort(byRev)
  })
  return {
    feed: feed.results.map(({ id, changes, deleted, doc }) => ({ id, changes: revsIn(changes), deleted, doc })),
    backwards: backwards.results.map(({ id, changes }) => [id, changes]),
    list: list.rows.map((row) => sortedConflicts(row.doc)),
    count: (await pouch.info()).doc_count,
    leaves: await Promise.all(leaves),
  }
}

const sortedConflicts = (document: StoredDocument | undefined) =>
  document?._conflicts ? { ...document, _conflicts: document._conflicts.toSorted() } : document

let folder: string
let store: SqliteStore
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ratssaal-store-'))
  store = await openSqliteStore({ folder })
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it.each(['office', 'public'] as const)(
  'any history gives the same winners, conflicts, leaves and feeds as PouchDB (%s)',
  async (kind) => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 25 }), async (history) => {
        const audience: Audience = kind
        await store.remove(audience)
        const ours = await store.open(audience)
        const theirs = new PouchDB(`${kind}-${(run += 1)}`, { adapter: 'memory' })
        try {
          const applied = new History(ours, theirs)
          for (const next of history) await applied.apply(next)
          expect(await viewOfOurs(ours)).toEqual(await viewOfTheirs(theirs))
        } finally {
          await theirs.destroy()
        }
      }),
      // A failing run prints its seed and path; `{ seed, path }` here repeats it.
      { numRuns: 150 },
    )
  },
)
