import type { AccountInfo } from '../../../shared/hub-api/contract.ts'
import type { RoomSettings } from '../../../shared/hub-api/room-device.ts'
import { audiencesOf, preparesMeetings, type Principal } from '../../../shared/rules/access.ts'
import type { Session, SessionChange, Sessions } from '../session.ts'
import type { Accounts, StoredAccount } from './tables/accounts.ts'
import type { Device, Devices } from './tables/devices.ts'
import type { RoomSettingsTable } from './tables/room-settings.ts'
import type { Memberships } from './memberships.ts'
import { makeToken } from './secrets.ts'

/** What a token stands for: a revoked one is told to purge, an unknown or expired one only to sign in again. */
export type Standing =
  { readonly kind: 'session'; readonly session: Session } | { readonly kind: 'revoked' } | { readonly kind: 'none' }

const ticketMs = 60_000

/** Joins accounts, devices and memberships to sessions, and tells other services when one is no longer what it was. */
export class AccountSessions implements Sessions {
  readonly #accounts: Accounts
  readonly #devices: Devices
  readonly #roomSettings: RoomSettingsTable
  readonly #memberships: Memberships
  readonly #leaseDays: number
  readonly #today: () => string
  readonly #now: () => number
  readonly #tickets = new Map<string, { device: string; expires: number }>()
  readonly #listeners = new Set<(change: SessionChange) => void>()
  /** Principals as last told, by account. */
  readonly #told = new Map<string, string>()

  constructor(parts: {
    accounts: Accounts
    devices: Devices
    roomSettings: RoomSettingsTable
    memberships: Memberships
    /** Days without contact after which devices lock what is not public. */
    leaseDays: number
    /** The town's calendar day, `yyyy-mm-dd`. */
    today: () => string
    now: () => number
  }) {
    this.#accounts = parts.accounts
    this.#devices = parts.devices
    this.#roomSettings = parts.roomSettings
    this.#memberships = parts.memberships
    this.#leaseDays = parts.leaseDays
    this.#today = parts.today
    this.#now = parts.now
  }

  /** What a bearer token or cookie stands for; notes that its device was seen. */
  standingOf(token: string): Standing {
    const device = this.#devices.byToken(token)
    const account = device && this.#accounts.byId(device.account)
    if (!device || !account) return { kind: 'none' }
    if (device.revoked || account.disabled) return { kind: 'revoked' }
    if (this.#devices.isExpired(device)) return { kind: 'none' }
    this.#devices.markSeen(device)
    return { kind: 'session', session: this.#sessionOf(account, device) }
  }

  currentSession(id: string): Session | undefined {
    const device = this.#devices.byId(id)
    const account = device && this.#accounts.byId(device.account)
    if (!device || !account || device.revoked || account.disabled || this.#devices.isExpired(device)) return undefined
    return this.#sessionOf(account, device)
  }

  nameOf = (account: string): string | undefined => this.#accounts.byId(account)?.name

  /** Whose token it is or was, as long as the hub knows; for those who come back from somebody's session. */
  deviceOf(token: string): Device | undefined {
    return this.#devices.byToken(token)
  }

  /** A ticket for the socket of a device: for one use within a minute. */
  issueTicket(device: string): string {
    const now = this.#now()
    for (const [ticket, { expires }] of this.#tickets) if (expires <= now) this.#tickets.delete(ticket)
    const ticket = makeToken()
    this.#tickets.set(ticket, { device, expires: now + ticketMs })
    return ticket
  }

  redeemTicket(ticket: string): Session | undefined {
    const found = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    return found && found.expires > this.#now() ? this.currentSession(found.device) : undefined
  }

  onChange(listener: (change: SessionChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(change: SessionChange): void {
    for (const listener of this.#listeners) listener(change)
  }

  /** Tells of every account, when something unknown may have happened to it. */
  tellAll(): void {
    for (const account of this.#everybody()) this.tell({ kind: 'changed', account: account.id })
  }

  /** Tells of every account whose roles or memberships are others than when this was last asked. */
  recheck(): void {
    for (const account of this.#everybody()) {
      const principal = JSON.stringify(this.#principalOf(account))
      const before = this.#told.get(account.id)
      this.#told.set(account.id, principal)
      if (before !== undefined && before !== principal) this.tell({ kind: 'changed', account: account.id })
    }
  }

  /** Tells the device of a room, and whoever is signed in there, that it behaves otherwise now. */
  tellRoomDevice(device: Device): void {
    for (const { account } of [device, ...this.#devices.lentAt(device.id)]) this.tell({ kind: 'changed', account })
  }

  #everybody(): AccountInfo[] {
    return [...this.#accounts.list(), ...this.#accounts.rooms()]
  }

  /** At the device of a room nobody administers the hub, and what is a faction's own does not come there. */
  #principalAtRoom(account: AccountInfo): Principal {
    const roles = account.roles.map((role) => (role === 'administrator' ? 'clerk' : role))
    return { ...this.#principalOf({ ...account, roles: [...new Set(roles)] }), factions: [] }
  }

  #principalOf(account: AccountInfo): Principal {
    const { organizations, factions } = this.#memberships.of(account.person, this.#today())
    const principal = { account: account.id, person: account.person, roles: account.roles, organizations, factions }
    const runsAny = preparesMeetings(principal)
    const circles = this.#memberships.circles.of(account.person, runsAny ? 'all' : organizations)
    return {
      ...principal,
      ...(runsAny ? { runs: this.#memberships.bodies() } : {}),
      ...(circles.length > 0 ? { circles } : {}),
    }
  }

  #sessionOf(account: StoredAccount, device: Device): Session {
    const { lent } = device
    const principal = lent ? this.#principalAtRoom(account) : this.#principalOf(account)
    const room = lent ? this.#roomOf(lent.at) : account.room
    return {
      account: { id: account.id, login: account.login, name: account.name },
      device: { id: device.id, name: device.name },
      principal,
      audiences: audiencesOf(principal),
      leaseDays: this.#leaseDays,
      ...(room === null ? {} : { room, settings: this.#settingsAt(device) }),
      ...(lent ? { lent: { until: lent.until, ...(lent.meeting === null ? {} : { meeting: lent.meeting }) } } : {}),
    }
  }

  /** The way out is told to the room's own session alone: whoever is signed in there is somebody else. */
  #settingsAt({ id, lent }: Device): RoomSettings {
    const { kiosk, exit, dark } = this.#roomSettings.of(lent?.at ?? id)
    return { kiosk, ...(exit === null || lent ? {} : { exit }), ...(dark ? { dark } : {}) }
  }

  #roomOf(device: string): string | null {
    const account = this.#devices.byId(device)?.account
    return (account === undefined ? undefined : this.#accounts.byId(account)?.room) ?? null
  }
}
