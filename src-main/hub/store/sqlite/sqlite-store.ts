import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'
import { isAudience, type Audience } from '../../../../shared/rules/audience.ts'
import { guarded, openDatabaseFile, type FileShape } from './database-file.ts'
import { SqliteAudience } from './sqlite-audience.ts'

const shape: FileShape = {
  version: 1,
  // The lock of this one file keeps a second hub away from the whole folder; it ends with the process, however it ends.
  pragmas: 'PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE; COMMIT',
  schema: 'CREATE TABLE incarnation (uuid TEXT NOT NULL) STRICT',
}

const suffix = '.sqlite'

/** All audiences of one hub, each a SQLite file of its own, in one folder that only this process may use. */
export class SqliteStore implements DocumentStore {
  readonly #folder: string
  readonly #lock: DatabaseSync
  readonly #open = new Map<Audience, SqliteAudience>()
  #uuid: string

  /**
   * Opens the folder, makes it when there is none, and checks every audience in it.
   * Throws `StoreError`: locked, unwritable, damaged, newer.
   */
  constructor(folder: string) {
    this.#folder = join(folder, 'audiences')
    guarded(folder, () => mkdirSync(this.#folder, { recursive: true }))
    const path = join(folder, `store${suffix}`)
    this.#lock = openDatabaseFile(path, shape)
    try {
      this.#uuid = this.#readUuid() ?? this.newIncarnation()
      for (const audience of this.#names()) this.#audience(audience)
    } catch (thrown) {
      this.#closeAll()
      throw thrown
    }
  }

  uuid(): string {
    return this.#uuid
  }

  /** Gives the data a new name, after a backup was restored: whoever copied the old one starts afresh. */
  newIncarnation(): string {
    this.#uuid = randomUUID()
    this.#lock.exec(`BEGIN; DELETE FROM incarnation; INSERT INTO incarnation VALUES ('${this.#uuid}'); COMMIT`)
    return this.#uuid
  }

  async audiences(): Promise<Audience[]> {
    return this.#names()
  }

  async open(audience: Audience): Promise<AudienceStore> {
    return this.#audience(audience)
  }

  async exists(audience: Audience): Promise<boolean> {
    return this.#open.has(audience)
  }

  async remove(audience: Audience): Promise<void> {
    this.#open.get(audience)?.close()
    this.#open.delete(audience)
    for (const end of ['-wal', '-shm', '']) rmSync(this.#pathOf(audience) + end, { force: true })
  }

  async close(): Promise<void> {
    this.#closeAll()
  }

  #closeAll(): void {
    for (const audience of this.#open.values()) audience.close()
    this.#open.clear()
    this.#lock.close()
  }

  #audience(audience: Audience): SqliteAudience {
    const known = this.#open.get(audience)
    if (known) return known
    if (!isAudience(audience)) throw new TypeError('no audience has such a name')
    const opened = new SqliteAudience(this.#pathOf(audience), audience)
    this.#open.set(audience, opened)
    return opened
  }

  #readUuid(): string | undefined {
    const row = this.#lock.prepare('SELECT uuid FROM incarnation').get() as { uuid: string } | undefined
    return row?.uuid
  }

  #names(): Audience[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length))
      .filter(isAudience)
      .sort()
  }

  #pathOf(audience: Audience): string {
    return join(this.#folder, audience + suffix)
  }
}
