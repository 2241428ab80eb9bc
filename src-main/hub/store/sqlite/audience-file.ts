import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { guarded, openDatabaseFile, readPragma, storeError, type FileShape } from './database-file.ts'

/** What the file holds of a document. */
export interface DocumentRow {
  readonly key: number
  readonly id: string
  readonly seq: number
  readonly winner: string
  readonly deleted: 0 | 1
  /** JSON of `Leaf[]`, the winner first. */
  readonly leaves: string
  /** JSON of `RevisionTree`. */
  readonly tree: string
}

const shape: FileShape = {
  version: 1,
  // `secure_delete` overwrites what is removed: a text taken back must not stay in free pages.
  pragmas: `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096`,
  schema: `
    CREATE TABLE origin (audience TEXT NOT NULL) STRICT;
    CREATE TABLE document (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      seq INTEGER NOT NULL UNIQUE,
      winner TEXT NOT NULL,
      deleted INTEGER NOT NULL,
      leaves TEXT NOT NULL,
      tree TEXT NOT NULL
    ) STRICT;
    CREATE TABLE revision (
      document INTEGER NOT NULL REFERENCES document (key),
      rev TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (document, rev)
    ) STRICT;
    CREATE TABLE attachment (
      document INTEGER NOT NULL REFERENCES document (key),
      digest TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (document, digest)
    ) STRICT;
    CREATE TABLE local (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, body TEXT NOT NULL) STRICT`,
}

/** One audience's database file and its prepared statements. */
export class AudienceFile {
  readonly path: string
  readonly database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string, audience: Audience) {
    this.path = path
    this.database = openDatabaseFile(path, shape)
    try {
      this.#checkOrigin(audience)
    } catch (thrown) {
      this.database.close()
      throw thrown
    }
  }

  /** A file under a wrong name would show one audience's documents to another. */
  #checkOrigin(audience: Audience): void {
    const origin = this.row<{ audience: string }>('SELECT audience FROM origin')
    if (!origin) this.run('INSERT INTO origin VALUES (?)', audience)
    else if (origin.audience !== audience) throw storeError('damaged', this.path)
  }

  row<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return guarded(this.path, () => this.#prepared(sql).get(...values)) as Row | undefined
  }

  rows<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return guarded(this.path, () => this.#prepared(sql).all(...values)) as Row[]
  }

  /** Runs a statement and says how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return guarded(this.path, () => Number(this.#prepared(sql).run(...values).changes))
  }

  /** Empties the write-ahead log into the file, so that nothing removed stays in it; false while a reader needs it. */
  truncateLog(): boolean {
    return guarded(this.path, () => readPragma(this.database, 'wal_checkpoint(TRUNCATE)') === 0)
  }

  close(): void {
    this.#statements.clear()
    this.database.close()
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
