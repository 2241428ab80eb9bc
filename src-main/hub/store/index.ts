import { CouchStore } from './couchdb/couch-store.ts'
import { SqliteStore } from './sqlite/sqlite-store.ts'

export { copyDatabase } from './copy-database.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
export type { SqliteStore } from './sqlite/sqlite-store.ts'
export type { CouchStore } from './couchdb/couch-store.ts'

/** Opens the embedded store in a folder of its own. Throws `StoreError` when it cannot be used as it is. */
export async function openSqliteStore({ folder }: { readonly folder: string }): Promise<SqliteStore> {
  return new SqliteStore(folder)
}

/**
 * Opens an Apache CouchDB 3; name and password stand in the address. Databases are named by `prefix` (small letters,
 * digits and dashes, beginning with a letter) and the audience. Throws `StoreError` when it cannot be reached.
 */
export const openCouchStore = ({
  url,
  prefix,
}: {
  readonly url: string
  readonly prefix: string
}): Promise<CouchStore> => CouchStore.connect(url, prefix)
