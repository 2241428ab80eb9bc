import { SqliteStore } from './sqlite/sqlite-store.ts'

export { StoreError, type StoreErrorCode } from './store-error.ts'
export type { SqliteStore } from './sqlite/sqlite-store.ts'

/** Opens the embedded store in a folder of its own. Throws `StoreError` when it cannot be used as it is. */
export async function openSqliteStore({ folder }: { readonly folder: string }): Promise<SqliteStore> {
  return new SqliteStore(folder)
}
