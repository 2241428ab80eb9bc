import { closeSync, openSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { DemoLogin } from '../../../../shared/hub-api/contract.ts'
import { StartFault } from '../../start-fault.ts'

/** Index n lifts a database from version n to n + 1; SQLite's `user_version` says which it has. */
const migrations = [
  `CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE account (
     id TEXT PRIMARY KEY,
     login TEXT NOT NULL UNIQUE,
     name TEXT NOT NULL,
     person TEXT UNIQUE,
     roles TEXT NOT NULL,
     disabled INTEGER NOT NULL DEFAULT 0,
     password TEXT NOT NULL,
     created TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE device (
     id TEXT PRIMARY KEY,
     account TEXT NOT NULL REFERENCES account (id),
     name TEXT NOT NULL,
     created TEXT NOT NULL,
     last_seen TEXT NOT NULL,
     revoked INTEGER NOT NULL DEFAULT 0
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX device_of_account ON device (account);
   CREATE TABLE session (
     token_hash TEXT PRIMARY KEY,
     device TEXT NOT NULL UNIQUE REFERENCES device (id),
     expires TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE invitation (
     id TEXT PRIMARY KEY,
     code_hash TEXT NOT NULL UNIQUE,
     name TEXT NOT NULL,
     person TEXT,
     roles TEXT NOT NULL,
     expires TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE account ADD COLUMN room TEXT;
   ALTER TABLE device ADD COLUMN lent_at TEXT REFERENCES device (id);
   ALTER TABLE device ADD COLUMN lent_until TEXT;
   ALTER TABLE device ADD COLUMN lent_for TEXT;
   CREATE INDEX device_lent_at ON device (lent_at);`,
  `CREATE TABLE room_setting (
     device TEXT PRIMARY KEY REFERENCES device (id),
     kiosk INTEGER NOT NULL DEFAULT 0,
     exit_hash TEXT,
     dark_from TEXT,
     dark_until TEXT
   ) STRICT, WITHOUT ROWID;`,
]

/** SQLite's primary result codes that people can mend, https://www.sqlite.org/rescode.html */
const advice: Readonly<Record<number, string>> = {
  5: 'is locked by another process. Stop the other program that uses it.',
  8: 'cannot be written. Give the file to the user that runs the hub.',
  11: 'is damaged. Stop the hub and restore the newest backup.',
  13: 'cannot grow: the disk is full. Free some space.',
  14: 'cannot be opened. Give the data folder to the user that runs the hub.',
  26: 'is damaged. Stop the hub and restore the newest backup.',
}

/**
 * Opens the accounts of a hub, and makes the file (readable to its owner alone) when there is none.
 * Throws `StartFault` when the file is locked, unwritable, damaged or newer than this program.
 */
export function openAccountsDatabase(path: string): DatabaseSync {
  try {
    closeSync(openSync(path, 'a', 0o600))
    return prepared(new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true }))
  } catch (fault) {
    const { code, errcode } = fault as { code?: string; errcode?: number }
    const remedy = advice[code === 'EACCES' || code === 'EROFS' ? 8 : (errcode ?? 0) & 0xff]
    throw remedy ? new StartFault(`${path} ${remedy}`) : fault
  }
}

function prepared(database: DatabaseSync): DatabaseSync {
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    migrate(database)
    return database
  } catch (fault) {
    database.close()
    throw fault
  }
}

function migrate(database: DatabaseSync): void {
  transact(database, () => {
    const row = database.prepare('PRAGMA user_version').get()
    const version = Number(row?.['user_version'])
    if (version > migrations.length)
      throw new StartFault(`${database.location()} was written by a newer version. Install that version again.`)
    for (const migration of migrations.slice(version)) database.exec(migration)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

/** Runs changes as one durable transaction; a throw takes all of them back. */
export function transact<Outcome>(database: DatabaseSync, change: () => Outcome): Outcome {
  database.exec('BEGIN IMMEDIATE')
  try {
    const outcome = change()
    database.exec('COMMIT')
    return outcome
  } catch (fault) {
    database.exec('ROLLBACK')
    throw fault
  }
}

/** Single values that belong to the accounts of a hub. */
export class Settings {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Tells this hub's accounts from those of others; made once, and kept by a backup. */
  installation(): string {
    this.#database
      .prepare(`INSERT INTO setting (key, value) VALUES ('installation', ?) ON CONFLICT DO NOTHING`)
      .run(randomBytes(4).toString('hex'))
    return this.#read('installation') ?? ''
  }

  /** What is secret of the key with which this hub signs; made once, and kept by a backup. */
  signingSecret(make: () => string): string {
    this.#database
      .prepare(`INSERT INTO setting (key, value) VALUES ('signing-key', ?) ON CONFLICT DO NOTHING`)
      .run(this.keptSigningSecret() ?? make())
    return this.keptSigningSecret() ?? ''
  }

  keptSigningSecret(): string | undefined {
    return this.#read('signing-key')
  }

  /** Logins of a demo town, passwords included: everybody may know them. */
  demoLogins(): DemoLogin[] | undefined {
    const value = this.#read('demo-logins')
    return value === undefined ? undefined : (JSON.parse(value) as DemoLogin[])
  }

  keepDemoLogins(logins: readonly DemoLogin[]): void {
    this.#database.prepare(`INSERT INTO setting (key, value) VALUES ('demo-logins', ?)`).run(JSON.stringify(logins))
  }

  /** A number that is another one after each write of another process. */
  otherWrites(): number {
    return Number(this.#database.prepare('PRAGMA data_version').get()?.['data_version'])
  }

  #read(key: string): string | undefined {
    const value = this.#database.prepare('SELECT value FROM setting WHERE key = ?').get(key)?.['value']
    return value === undefined ? undefined : String(value)
  }
}
