import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { ulid } from 'ulid'
import type { DeviceInfo } from '../../../../shared/hub-api/contract.ts'
import { transact } from './database.ts'
import { hashToken, makeToken } from '../secrets.ts'

/** What the hub knows of a device; `expires` is the end of its session, null when it is signed out. */
export interface Device extends Omit<DeviceInfo, 'current'> {
  readonly expires: string | null
  /** A person's session at the device of a room; null for a device of one's own. */
  readonly lent: Lent | null
}

/** What a session at a room's device is for. */
export interface Lent {
  /** Id of the room's device. */
  readonly at: string
  /** Instant at which it ends, whoever comes by. */
  readonly until: string
  /** Record id of the meeting with which it ends. */
  readonly meeting: string | null
}

const dayMs = 86_400_000
/** Seen within the same five minutes is seen: not every request is worth a write. */
const seenEveryMs = 300_000

const select = `SELECT device.id, account, name, created, last_seen, revoked, expires, lent_at, lent_until, lent_for
  FROM device LEFT JOIN session ON session.device = device.id`

const deviceOf = (row: Record<string, SQLOutputValue>): Device => ({
  id: String(row['id']),
  account: String(row['account']),
  name: String(row['name']),
  created: String(row['created']),
  lastSeen: String(row['last_seen']),
  revoked: row['revoked'] === 1,
  expires: row['expires'] === null ? null : String(row['expires']),
  lent: row['lent_at'] === null ? null : lentOf(row),
})

const lentOf = (row: Record<string, SQLOutputValue>): Lent => ({
  at: String(row['lent_at']),
  until: String(row['lent_until']),
  meeting: row['lent_for'] === null ? null : String(row['lent_for']),
})

/** Devices and the one session that each may have. Only a digest of a session's token is stored. */
export class Devices {
  readonly #database: DatabaseSync
  readonly #sessionMs: number
  readonly #now: () => number
  /** Asked with every request. */
  readonly #byId: StatementSync
  readonly #byToken: StatementSync

  constructor(database: DatabaseSync, options: { sessionDays: number; now: () => number }) {
    this.#database = database
    this.#byId = database.prepare(`${select} WHERE device.id = ?`)
    this.#byToken = database.prepare(`${select} WHERE token_hash = ?`)
    this.#sessionMs = options.sessionDays * dayMs
    this.#now = options.now
  }

  byId(id: string): Device | undefined {
    const row = this.#byId.get(id)
    return row && deviceOf(row)
  }

  byToken(token: string): Device | undefined {
    const row = this.#byToken.get(hashToken(token))
    return row && deviceOf(row)
  }

  of(account: string): Device[] {
    return this.#database.prepare(`${select} WHERE account = ? ORDER BY last_seen DESC`).all(account).map(deviceOf)
  }

  /** Begins a session on a device, one that the account already has or a new one; ends the device's former session. */
  signIn(account: string, asked: { id?: string | undefined; name: string }): { device: string; token: string } {
    return transact(this.#database, () => {
      const known = asked.id === undefined ? undefined : this.byId(asked.id)
      const id = known && known.account === account && !known.revoked && !known.lent ? known.id : ulid()
      const token = makeToken()
      const now = new Date(this.#now()).toISOString()
      this.#database
        .prepare(
          `INSERT INTO device (id, account, name, created, last_seen) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_seen = excluded.last_seen`,
        )
        .run(id, account, asked.name, now, now)
      this.#database
        .prepare(
          `INSERT INTO session (token_hash, device, expires) VALUES (?, ?, ?)
           ON CONFLICT (device) DO UPDATE SET token_hash = excluded.token_hash, expires = excluded.expires`,
        )
        .run(hashToken(token), id, this.#sessionEnd())
      return { device: id, token }
    })
  }

  /**
   * Begins a person's session at a room's device, whose own session rests meanwhile. Whoever was there before is out:
   * their devices are answered.
   */
  lend(account: string, name: string, lent: Lent): { device: string; token: string; ended: Device[] } {
    return transact(this.#database, () => {
      const ended = this.lentAt(lent.at)
      for (const each of ended) this.#markRevoked(each.id)
      this.signOut(lent.at)
      const device = ulid()
      const token = makeToken()
      const now = new Date(this.#now()).toISOString()
      this.#database
        .prepare(
          `INSERT INTO device (id, account, name, created, last_seen, lent_at, lent_until, lent_for)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(device, account, name, now, now, lent.at, lent.until, lent.meeting)
      this.#database
        .prepare('INSERT INTO session (token_hash, device, expires) VALUES (?, ?, ?)')
        .run(hashToken(token), device, lent.until)
      return { device, token, ended }
    })
  }

  /** Notes that a device was here, which also prolongs its session. */
  markSeen(device: Device): void {
    const now = this.#now()
    if (now - Date.parse(device.lastSeen) < seenEveryMs) return
    transact(this.#database, () => {
      this.#database.prepare('UPDATE device SET last_seen = ? WHERE id = ?').run(new Date(now).toISOString(), device.id)
      if (!device.lent)
        this.#database.prepare('UPDATE session SET expires = ? WHERE device = ?').run(this.#sessionEnd(), device.id)
    })
  }

  isExpired = (device: Device): boolean => device.expires === null || Date.parse(device.expires) <= this.#now()

  signOut(device: string): void {
    this.#database.prepare('DELETE FROM session WHERE device = ?').run(device)
  }

  /** Ends the sessions of an account on all devices but one; what lies at the devices of rooms is to be purged. */
  signOutAll(account: string, except = ''): void {
    transact(this.#database, () => {
      for (const { id, lent } of this.of(account))
        if (id !== except && lent) this.#markRevoked(id)
        else if (id !== except) this.signOut(id)
    })
  }

  /**
   * For good; its session stays, so that the hub knows the device again and tells it to purge. With a room's device
   * goes who is signed in there. Answers with every device that is revoked now.
   */
  revoke(id: string): Device[] {
    return transact(this.#database, () => {
      const device = this.byId(id)
      const all = device ? [device, ...this.lentAt(id)] : []
      for (const each of all) this.#markRevoked(each.id)
      return all
    })
  }

  /** Who is signed in at a room's device: one at most. */
  lentAt(room: string): Device[] {
    return this.#database.prepare(`${select} WHERE lent_at = ? AND revoked = 0`).all(room).map(deviceOf)
  }

  #markRevoked(id: string): void {
    this.#database.prepare('UPDATE device SET revoked = 1 WHERE id = ?').run(id)
  }

  #sessionEnd = (): string => new Date(this.#now() + this.#sessionMs).toISOString()
}
