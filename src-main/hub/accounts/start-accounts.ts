import { dayIn } from '../../../shared/calendar-day.ts'
import cookies from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { ulid } from 'ulid'
import type { DemoLogin, Town } from '../../../shared/hub-api/contract.ts'
import type { Body } from '../../../shared/oparl/index.ts'
import type { AudienceStore, DocumentStore } from '../../../shared/ports/document-store.ts'
import type { RoomLines } from '../room-lines.ts'
import type { Sessions } from '../session.ts'
import { hubKeyOf, makeSecretKey, type HubKey } from '../signing.ts'
import { accountRoutes } from './account-routes.ts'
import { Accounts } from './tables/accounts.ts'
import { joiningRoutes } from './joining-routes.ts'
import { authenticate, SessionCookie } from './authentication.ts'
import { openAccountsDatabase, Settings, transact } from './tables/database.ts'
import { Devices } from './tables/devices.ts'
import { Invitations } from './tables/invitations.ts'
import { RoomSettingsTable } from './tables/room-settings.ts'
import { Memberships } from './memberships.ts'
import { hashPassword, makeCode } from './secrets.ts'
import { keyRoutes } from './key-routes.ts'
import { ConnectedRooms } from './pairing/connected-rooms.ts'
import { pairingRoutes } from './pairing/pairing-routes.ts'
import { roomDeviceRoutes } from './pairing/room-device-routes.ts'
import { sessionRoutes, sessionsBy } from './session-routes.ts'
import { AccountSessions } from './sessions.ts'

export interface AccountsOptions {
  /** The data folder; holds `accounts.sqlite`. */
  readonly data: string
  readonly store: DocumentStore
  readonly version: string
  /** The origin that browsers see, when a proxy hides it; otherwise that of the request counts. */
  readonly publicUrl?: string | undefined
  readonly appOrigins: readonly string[]
  readonly sessionDays: number
  readonly leaseDays: number
  /** IANA name; a membership ends at the town's midnight. */
  readonly timeZone: string
  /** Makes a demo town and says its accounts; asked only while the hub has none. */
  readonly demo?: () => Promise<readonly DemoAccount[]>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A login of a demo town, and whose it is. */
export interface DemoAccount extends DemoLogin {
  readonly person: string | null
}

export interface AccountsService {
  readonly sessions: Sessions
  readonly roomLines: RoomLines
  /** With which the hub certifies devices and signs what it puts on record itself. */
  readonly key: HubKey
  /** To be typed in for set-up; undefined when the hub has accounts. */
  readonly setUpCode: string | undefined
  readonly stop: () => Promise<void>
}

/** The name of the accounts' file in a data folder. */
export const accountsFile = 'accounts.sqlite'

/** Starts accounts on a server: every later route knows who asks. */
export async function startAccounts(app: FastifyInstance, options: AccountsOptions): Promise<AccountsService> {
  const { now } = options
  const database = openAccountsDatabase(join(options.data, accountsFile))
  const settings = new Settings(database)
  const key = hubKeyOf(settings.signingSecret(makeSecretKey))
  const { accounts, devices, invitations, roomSettings } = tablesOf(database, options)
  if (options.demo && accounts.isEmpty()) await addDemoAccounts(database, await options.demo())
  const office = await options.store.open('office')
  const memberships = new Memberships(office, (fault) => app.log.error(fault, 'memberships could not be read'))
  const unfollow = await memberships.follow()
  const today = (): string => dayIn(options.timeZone, now())
  const sessions = new AccountSessions({ ...options, accounts, devices, roomSettings, memberships, today })
  const unwatch = watch(sessions, memberships, { today, otherWrites: () => settings.otherWrites() })

  const town = (): Town => {
    const demo = settings.demoLogins()
    const ready = !accounts.isEmpty()
    const name = memberships.town()?.name ?? ''
    const { store, version, timeZone } = options
    const signingKey = key.publicKey
    return { name, uuid: store.uuid(), version, timeZone, ready, signingKey, ...(demo ? { demo } : {}) }
  }
  const nameTown = async (name: string): Promise<void> => {
    await writeTown(office, townRecord(name, memberships.town(), new Date(now())))
    await memberships.catchUp()
  }
  const setUpCode = accounts.isEmpty() ? makeCode(3) : undefined

  const authentication = { ...options, sessions, installation: settings.installation() }
  const cookie = new SessionCookie(authentication)
  await app.register(cookies)
  authenticate(app, cookie, authentication)
  const beginSession = sessionsBy({ devices, sessions, cookie })
  joiningRoutes(app, { accounts, invitations, sessions, beginSession, setUpCode, town, nameTown })
  sessionRoutes(app, { accounts, devices, sessions, cookie, beginSession })
  keyRoutes(app, { key, now })
  pairingRoutes(app, { accounts, devices, sessions, cookie, beginSession, isLocation: isIn(office, 'location'), now })
  const roomLines = new ConnectedRooms(devices, now)
  roomDeviceRoutes(app, { accounts, devices, roomSettings, sessions, cookie, connected: roomLines })
  accountRoutes(app, { accounts, devices, invitations, sessions, isPerson: isIn(office, 'person') })

  return {
    ...{ sessions, roomLines },
    key,
    setUpCode,
    stop: async () => {
      unwatch()
      await unfollow()
      database.close()
    },
  }
}

const tablesOf = (database: DatabaseSync, { sessionDays, now }: Pick<AccountsOptions, 'sessionDays' | 'now'>) => ({
  accounts: new Accounts(database),
  devices: new Devices(database, { sessionDays, now }),
  invitations: new Invitations(database, { now }),
  roomSettings: new RoomSettingsTable(database),
})

async function writeTown(office: AudienceStore, record: ReturnType<typeof townRecord>): Promise<void> {
  const [outcome] = await office.write([record])
  if (!outcome?.ok) throw new Error(`The town's record could not be written: ${outcome?.error}`)
}

/** Whether an audience holds a record of a type by its id. */
const isIn =
  (store: AudienceStore, type: string) =>
  async (id: string): Promise<boolean> =>
    id.startsWith(`${type}:`) && (await store.get(id)) !== undefined

/** Adds accounts whose passwords everybody may know: all of them or, should the hub end meanwhile, none. */
async function addDemoAccounts(database: DatabaseSync, demo: readonly DemoAccount[]): Promise<void> {
  const hashed = await Promise.all(
    demo.map(async (account) => ({ ...account, passwordHash: await hashPassword(account.password) })),
  )
  transact(database, () => {
    const accounts = new Accounts(database)
    for (const account of hashed) {
      const created = accounts.create(account)
      if (!created.ok) throw new Error(`The demo account ${account.login} could not be made: ${created.failure}`)
    }
    const logins = demo.map(({ login, password, name, roles }) => ({ login, password, name, roles }))
    new Settings(database).keepDemoLogins(logins)
  })
}

/**
 * Tells of sessions that changed: when memberships do, when a day ends and when another process (password reset) wrote.
 * A clock that is looked at every second, unlike one timer until midnight, survives sleep and changes of the clock.
 */
function watch(
  sessions: AccountSessions,
  memberships: Memberships,
  { today, otherWrites }: { today: () => string; otherWrites: () => number },
): () => void {
  let day = today()
  let writes = otherWrites()
  sessions.recheck()
  const unlisten = memberships.onChange(() => sessions.recheck())
  const timer = setInterval(() => {
    if (today() !== day) sessions.recheck()
    if (otherWrites() !== writes) sessions.tellAll()
    day = today()
    writes = otherWrites()
  }, 1000)
  timer.unref()
  return () => {
    clearInterval(timer)
    unlisten()
  }
}

const townRecord = (name: string, known: Body | undefined, now: Date): Body => ({
  ...(known ?? { _id: `body:${ulid()}`, type: 'body', schema: 1, created: now.toISOString() }),
  name,
  modified: now.toISOString(),
})
