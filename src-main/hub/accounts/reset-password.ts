import { join } from 'node:path'
import { StartFault } from '../start-fault.ts'
import { hashPassword, makeCode } from './secrets.ts'
import { accountsFile } from './start-accounts.ts'
import { Accounts } from './tables/accounts.ts'
import { openAccountsDatabase } from './tables/database.ts'
import { Devices } from './tables/devices.ts'

/**
 * Gives an account a new password of chance, unlocks it and signs it out everywhere; the hub may be running.
 * Throws `StartFault` when there is no such login.
 */
export async function resetPassword(folder: string, login: string): Promise<{ name: string; password: string }> {
  const password = makeCode(5)
  const passwordHash = await hashPassword(password)
  const database = openAccountsDatabase(join(folder, accountsFile))
  try {
    const accounts = new Accounts(database)
    const found = accounts.byLogin(login)
    if (!found) {
      const logins = accounts.list().map((account) => account.login)
      throw new StartFault(
        logins.length === 0
          ? `The hub in ${folder} has no accounts yet. Start it and set it up.`
          : `There is no login "${login}". There are: ${logins.join(', ')}.`,
      )
    }
    accounts.setPassword(found.account.id, passwordHash)
    accounts.change(found.account.id, { disabled: false })
    new Devices(database, { sessionDays: 0, now: Date.now }).signOutAll(found.account.id)
    return { name: found.account.name, password }
  } finally {
    database.close()
  }
}
