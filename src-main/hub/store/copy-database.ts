import { backup, DatabaseSync } from 'node:sqlite'
import { guarded } from './sqlite/database-file.ts'

/** All pages in one step: one read transaction, which other writers neither disturb nor wait for. */
const everyPage = 2 ** 31 - 1

/** Copies a SQLite file as it is at one instant, while other processes go on writing to it. Throws `StoreError`. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const database = guarded(from, () => new DatabaseSync(from, { readOnly: true, timeout: 5000 }))
  try {
    await backup(database, to, { rate: everyPage })
  } finally {
    database.close()
  }
}
