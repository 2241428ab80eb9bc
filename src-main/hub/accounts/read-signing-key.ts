import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hubKeyOf } from '../signing.ts'
import { StartFault } from '../start-fault.ts'
import { accountsFile } from './start-accounts.ts'
import { openAccountsDatabase, Settings } from './tables/database.ts'

/**
 * The raw public key of the hub of a data folder, base 64; the hub may be running. Throws `StartFault` when there is
 * none.
 */
export function readSigningKey(folder: string): string {
  const path = join(folder, accountsFile)
  if (!existsSync(path)) throw new StartFault(`There is no hub in ${folder}. Name the right folder under "data".`)
  const database = openAccountsDatabase(path)
  try {
    const secret = new Settings(database).keptSigningSecret()
    if (secret === undefined) throw new StartFault(`The hub in ${folder} has no key yet. Start it once.`)
    return hubKeyOf(secret).publicKey
  } finally {
    database.close()
  }
}
