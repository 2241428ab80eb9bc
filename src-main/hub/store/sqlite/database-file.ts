import { DatabaseSync } from 'node:sqlite'
import { StoreError, type StoreErrorCode } from '../store-error.ts'

/** `Rats` in ASCII: marks our files in SQLite's header. */
const applicationId = 0x52617473

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const meanings: Readonly<Record<number, StoreErrorCode>> = {
  5: 'locked',
  6: 'locked',
  8: 'unwritable',
  10: 'damaged',
  11: 'damaged',
  13: 'full',
  14: 'unwritable',
  26: 'damaged',
}

const advice: Readonly<Record<StoreErrorCode, string>> = {
  locked: 'is in use by another process. Stop the other hub, or choose another data folder.',
  unwritable: 'cannot be opened for writing. Give the user of this process the right to write there.',
  damaged: 'is damaged. Stop the hub and restore the newest backup.',
  newer: 'was written by a newer version. Install that version, or restore a backup of this one.',
  full: 'cannot grow: the disk is full. Free some space; nothing that was acknowledged is lost.',
  unreachable: 'cannot be reached.',
}

/** The typed error for what SQLite or the file system threw; anything unknown stays as it is. */
export function storeErrorOf(thrown: unknown, place: string): unknown {
  if (thrown instanceof StoreError || !(thrown instanceof Error)) return thrown
  const { code, errcode } = thrown as { code?: string; errcode?: number }
  if (code === 'ERR_SQLITE_ERROR' && errcode !== undefined) {
    // The low byte is the primary code; extended codes only tell where it happened.
    const meaning = meanings[errcode & 0xff]
    return meaning ? storeError(meaning, place, thrown) : thrown
  }
  if (code && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return storeError('unwritable', place, thrown)
  return code === 'ENOSPC' ? storeError('full', place, thrown) : thrown
}

/** An error of the given kind with its advice. */
export const storeError = (code: StoreErrorCode, place: string, cause?: unknown): StoreError =>
  new StoreError(code, place, `${place} ${advice[code]}`, cause === undefined ? {} : { cause })

/** Runs SQLite calls so that whatever they throw is typed. */
export function guarded<Value>(place: string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    throw storeErrorOf(thrown, place)
  }
}

/** Runs SQLite calls as one durable transaction: all of it, or nothing. */
export function inTransaction<Value>(database: DatabaseSync, place: string, act: () => Value): Value {
  return guarded(place, () => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const value = act()
      database.exec('COMMIT')
      return value
    } catch (thrown) {
      // SQLite ends the transaction itself after some faults, a full disk for instance.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw thrown
    }
  })
}

export interface FileShape {
  /** Version of the schema, kept in SQLite's `user_version`. */
  readonly version: number
  /** Statements that make version 1 in an empty file. */
  readonly schema: string
  /** Pragmas that concern this connection. */
  readonly pragmas: string
}

/** Opens a database file, makes it when there is none, and refuses a damaged, foreign or newer one. */
export function openDatabaseFile(path: string, shape: FileShape): DatabaseSync {
  return guarded(path, () => {
    const database = new DatabaseSync(path, { timeout: 0 })
    try {
      database.exec(shape.pragmas)
      checkShape(database, path, shape)
      return database
    } catch (thrown) {
      database.close()
      throw thrown
    }
  })
}

function checkShape(database: DatabaseSync, path: string, shape: FileShape): void {
  const version = readPragma(database, 'user_version')
  if (version === 0) {
    inTransaction(database, path, () =>
      database.exec(
        `${shape.schema}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${shape.version}`,
      ),
    )
    return
  }
  if (readPragma(database, 'application_id') !== applicationId) throw storeError('damaged', path)
  if (Number(version) > shape.version) throw storeError('newer', path)
  if (readPragma(database, 'quick_check(1)') !== 'ok') throw storeError('damaged', path)
}

/** The first value that a pragma answers with. */
export const readPragma = (database: DatabaseSync, pragma: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
