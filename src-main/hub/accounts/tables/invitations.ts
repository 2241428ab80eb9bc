import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { ulid } from 'ulid'
import type { Invitation } from '../../../../shared/hub-api/account.ts'
import type { PendingInvitation } from '../../../../shared/hub-api/contract.ts'
import type { Role } from '../../../../shared/rules/access.ts'
import { hashToken, makeToken } from '../secrets.ts'

const select = 'SELECT id, name, person, roles, expires FROM invitation'

const invitationOf = (row: Record<string, SQLOutputValue>): PendingInvitation => ({
  id: String(row['id']),
  name: String(row['name']),
  person: row['person'] === null ? null : String(row['person']),
  roles: JSON.parse(String(row['roles'])) as Role[],
  expires: String(row['expires']),
})

/** Invitations that nobody has accepted yet. A code is known to whoever got the link; the hub keeps its digest. */
export class Invitations {
  readonly #database: DatabaseSync
  readonly #now: () => number

  constructor(database: DatabaseSync, options: { now: () => number }) {
    this.#database = database
    this.#now = options.now
  }

  list(): PendingInvitation[] {
    return this.#database.prepare(`${select} WHERE expires > ? ORDER BY expires`).all(this.#instant()).map(invitationOf)
  }

  byId(id: string): PendingInvitation | undefined {
    const row = this.#database.prepare(`${select} WHERE id = ?`).get(id)
    return row && invitationOf(row)
  }

  /** The invitation of a code; undefined when there is none, or it was accepted, withdrawn or has ended. */
  byCode(code: string): PendingInvitation | undefined {
    const row = this.#database
      .prepare(`${select} WHERE code_hash = ? AND expires > ?`)
      .get(hashToken(code), this.#instant())
    return row && invitationOf(row)
  }

  create({ name, person, roles, days }: Invitation): PendingInvitation & { code: string } {
    const code = makeToken()
    const expires = new Date(this.#now() + days * 86_400_000).toISOString()
    const invitation = { id: ulid(), name, person: person ?? null, roles, expires }
    this.#database.prepare('DELETE FROM invitation WHERE expires <= ?').run(this.#instant())
    this.#database
      .prepare('INSERT INTO invitation (id, code_hash, name, person, roles, expires) VALUES (?, ?, ?, ?, ?, ?)')
      .run(invitation.id, hashToken(code), name, invitation.person, JSON.stringify(roles), expires)
    return { ...invitation, code }
  }

  /** Ends an invitation, accepted or withdrawn; false when there was none. */
  remove(id: string): boolean {
    return this.#database.prepare('DELETE FROM invitation WHERE id = ?').run(id).changes > 0
  }

  #instant = (): string => new Date(this.#now()).toISOString()
}
