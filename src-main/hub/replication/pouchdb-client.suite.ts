import { createRequire } from 'node:module'

/**
 * An unmodified PouchDB as a foreign client of the hub. Required rather than imported: its published types change
 * Node's `Buffer` for the whole program.
 */
export interface Pouch {
  put(document: object): Promise<{ rev: string }>
  bulkDocs(documents: object[], options?: { new_edits?: boolean }): Promise<object[]>
  get(id: string, options?: { conflicts?: boolean; rev?: string; revs?: boolean }): Promise<PouchDocument>
  remove(document: PouchDocument): Promise<{ rev: string }>
  getAttachment(id: string, name: string): Promise<Buffer>
  putAttachment(id: string, name: string, rev: string, bytes: Buffer, type: string): Promise<{ rev: string }>
  removeAttachment(id: string, name: string, rev: string): Promise<{ rev: string }>
  allDocs(options?: object): Promise<{ total_rows: number; rows: { id: string; doc?: PouchDocument }[] }>
  changes(options?: object): PouchFeed
  info(): Promise<{ doc_count: number; update_seq: number }>
  sync(other: Pouch, options?: object): PouchFeed
  destroy(): Promise<void>
  close(): Promise<void>
  readonly replicate: {
    to(target: Pouch, options?: object): PouchFeed
    from(source: Pouch, options?: object): PouchFeed
  }
}

export interface PouchDocument {
  readonly _id: string
  readonly _rev: string
  readonly _conflicts?: string[]
  readonly [field: string]: unknown
}

export interface PouchFeed extends Promise<PouchOutcome> {
  on(event: 'change' | 'paused' | 'active' | 'denied' | 'complete' | 'error', listener: (value: never) => void): this
  cancel(): void
}

export interface PouchOutcome {
  readonly ok: boolean
  readonly docs_written: number
  readonly doc_write_failures: number
  readonly errors: readonly { id: string; name: string; reason?: string }[]
  readonly results: readonly { id: string; changes: readonly { rev: string }[] }[]
}

type PouchConstructor = (new (name: string, options?: object) => Pouch) & { plugin(plugin: unknown): PouchConstructor }

const require = createRequire(import.meta.url)
const plugins = ['pouchdb-adapter-http', 'pouchdb-adapter-memory', 'pouchdb-replication']
const PouchDB = plugins.reduce(
  (pouch, name) => pouch.plugin(require(name)),
  require('pouchdb-core') as PouchConstructor,
)

let opened = 0

/** A database of a device, in memory. */
export const openLocal = (): Pouch => new PouchDB(`device-${process.pid}-${opened++}`, { adapter: 'memory' })

/** A hub's audience in the name of a device, or of nobody. */
export const openRemote = (url: string, audience: string, device: string | null): Pouch =>
  new PouchDB(`${url}/db/${audience}`, device === null ? {} : { headers: { authorization: `Bearer ${device}` } })
