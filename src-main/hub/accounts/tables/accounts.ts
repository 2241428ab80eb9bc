import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { ulid } from 'ulid'
import type { AccountInfo } from '../../../../shared/hub-api/contract.ts'
import type { AccountChange } from '../../../../shared/hub-api/account.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { Role } from '../../../../shared/rules/access.ts'
import { transact } from './database.ts'

export interface NewAccount {
  readonly login: string
  readonly name: string
  readonly person: string | null
  readonly roles: readonly Role[]
  readonly passwordHash: string
}

/** An account as it is kept: one that a room has in place of a person names its place. */
export interface StoredAccount extends AccountInfo {
  /** Record id of the location whose device it is; null for people. */
  readonly room: string | null
}

type Row = Record<string, SQLOutputValue>

const columns = 'id, login, name, person, roles, disabled, room'

const accountOf = (row: Row): AccountInfo => ({
  id: String(row['id']),
  login: String(row['login']),
  name: String(row['name']),
  person: row['person'] === null ? null : String(row['person']),
  roles: JSON.parse(String(row['roles'])) as Role[],
  disabled: row['disabled'] === 1,
})

const storedOf = (row: Row): StoredAccount => ({
  ...accountOf(row),
  room: row['room'] === null ? null : String(row['room']),
})

/** The people who may sign in, and the rooms whose devices are. Every read asks the file: other processes (password reset) write to it too. */
export class Accounts {
  readonly #database: DatabaseSync
  /** Asked with every request. */
  readonly #byId: StatementSync

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#byId = database.prepare(`SELECT ${columns} FROM account WHERE id = ?`)
  }

  isEmpty(): boolean {
    return this.#database.prepare('SELECT 1 FROM account LIMIT 1').get() === undefined
  }

  /** The accounts of people. */
  list(): AccountInfo[] {
    return this.#database
      .prepare(`SELECT ${columns} FROM account WHERE room IS NULL ORDER BY name, login`)
      .all()
      .map(accountOf)
  }

  /** The accounts of rooms. */
  rooms(): StoredAccount[] {
    return this.#database
      .prepare(`SELECT ${columns} FROM account WHERE room IS NOT NULL ORDER BY name, id`)
      .all()
      .map(storedOf)
  }

  byId(id: string): StoredAccount | undefined {
    const row = this.#byId.get(id)
    return row && storedOf(row)
  }

  /** The account of a person by the login that somebody types, and its password's hash: rooms have neither. */
  byLogin(login: string): { account: AccountInfo; passwordHash: string } | undefined {
    const row = this.#database
      .prepare(`SELECT ${columns}, password FROM account WHERE login = ? AND room IS NULL`)
      .get(login.trim().toLowerCase())
    return row && { account: accountOf(row), passwordHash: String(row['password']) }
  }

  hasPerson(person: string): boolean {
    return this.#database.prepare('SELECT 1 FROM account WHERE person = ?').get(person) !== undefined
  }

  /** Adds an account; `whileEmpty` makes only the first one. */
  create(
    account: NewAccount,
    options?: { whileEmpty: true },
  ): Result<AccountInfo, 'login-taken' | 'person-taken' | 'not-empty'> {
    if (options?.whileEmpty && !this.isEmpty()) return failed('not-empty')
    if (this.byLogin(account.login)) return failed('login-taken')
    if (account.person !== null && this.hasPerson(account.person)) return failed('person-taken')
    const { login, name, person, roles, passwordHash } = account
    const id = ulid()
    this.#database
      .prepare(`INSERT INTO account (id, login, name, person, roles, password, created) VALUES (?, ?, ?, ?, ?, ?, ?)`)
      .run(id, login, name, person, JSON.stringify(roles), passwordHash, new Date().toISOString())
    return success({ id, login, name, person, roles, disabled: false })
  }

  /** Adds the account of a room: without roles, and with nothing by which anybody could sign in. */
  createRoom(name: string, room: string): string {
    const id = ulid()
    this.#database
      .prepare(
        `INSERT INTO account (id, login, name, person, roles, password, created, room)
         VALUES (?, ?, ?, NULL, '[]', '', ?, ?)`,
      )
      .run(id, `room:${id}`, name, new Date().toISOString(), room)
    return id
  }

  /** Changes roles or locks an account; somebody has to stay who can administer the hub. */
  change(id: string, change: AccountChange): Result<AccountInfo, 'not-found' | 'last-administrator'> {
    return transact(this.#database, () => {
      const stored = this.byId(id)
      if (!stored || stored.room !== null) return failed('not-found')
      const { room: _room, ...before } = stored
      const after = {
        ...before,
        roles: change.roles ?? before.roles,
        disabled: change.disabled ?? before.disabled,
      }
      const administers = (account: AccountInfo) => account.roles.includes('administrator') && !account.disabled
      if (!administers(after) && !this.list().some((account) => account.id !== id && administers(account)))
        return failed('last-administrator')
      this.#database
        .prepare('UPDATE account SET roles = ?, disabled = ? WHERE id = ?')
        .run(JSON.stringify(after.roles), after.disabled ? 1 : 0, id)
      return success(after)
    })
  }

  setPassword(id: string, passwordHash: string): void {
    this.#database.prepare('UPDATE account SET password = ? WHERE id = ?').run(passwordHash, id)
  }
}
