import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { paths, type ApiFailure, type InvitationInfo, type SessionInfo } from '../../../shared/hub-api/contract.ts'
import type { Role } from '../../../shared/rules/access.ts'
import { checkConfig, type HubConfig, type HubConfigInput } from '../config.ts'
import { startHub, type Hub, type HubOptions } from '../start-hub.ts'

export const password = 'correct horse battery'

/** Hears what has to be done in the end; of several, the last comes first. */
export type OnEnd = (end: () => Promise<void>) => void

/** A folder that is gone when the test is over. */
export async function makeFolder(onEnd: OnEnd = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-'))
  onEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export function configFor(folder: string, more: HubConfigInput = {}): HubConfig {
  const config = checkConfig({ data: folder, listen: { port: 0 }, logLevel: 'trace', ...more }, folder)
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  return config.value
}

export interface TestHub extends Hub {
  readonly folder: string
  /** Every line of the log so far. */
  readonly log: () => string
}

/** A real hub on a port and in a folder of its own, stopped when the test is over, or when `onEnd` comes to it. */
export async function startTestHub(
  more: HubConfigInput & { folder?: string; onEnd?: OnEnd } & Omit<HubOptions, 'logTo'> = {},
): Promise<TestHub> {
  const { onEnd = onTestFinished, ...given } = more
  const { folder = await makeFolder(onEnd), now, demo, onRoute, ...config } = given
  let lines = ''
  const logTo = new Writable({ write: (chunk, _encoding, done) => ((lines += String(chunk)), done()) })
  const options = { logTo, ...(now ? { now } : {}), ...(demo ? { demo } : {}), ...(onRoute ? { onRoute } : {}) }
  const hub = await startHub(configFor(folder, config), options)
  onEnd(() => hub.stop())
  return { ...hub, folder, log: () => lines }
}

/** Somebody at a device, by bearer token; nobody without one. */
export class Caller {
  readonly #origin: string
  readonly session: SessionInfo | undefined

  constructor(origin: string, session?: SessionInfo) {
    this.#origin = origin
    this.session = session
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#origin + path, {
      method,
      headers: {
        ...(this.session ? { authorization: `Bearer ${this.session.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** The body of an answer and its status. */
  async tell<Body = ApiFailure>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
    const response = await this.ask(method, path, body)
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }
}

export const device = (name = 'Tablet') => ({ name })

/** Sets a new hub up and returns its administrator. */
export async function setUp(hub: TestHub): Promise<Caller> {
  const { status, body } = await new Caller(hub.origin).tell<SessionInfo>('POST', paths.setUp, {
    code: hub.setUpCode,
    town: { name: 'Musterstadt am Rhein' },
    administrator: { name: 'Ada Amt', login: 'ada', password },
    device: device(),
    token: true,
  })
  if (status !== 200) throw new Error(`set-up: ${status} ${JSON.stringify(body)}`)
  return new Caller(hub.origin, body)
}

export async function signIn(hub: Hub, login: string, at: { id?: string; name: string } = device()): Promise<Caller> {
  const { status, body } = await new Caller(hub.origin).tell<SessionInfo>('POST', paths.session, {
    login,
    password,
    device: at,
    token: true,
  })
  if (status !== 200) throw new Error(`sign-in: ${status} ${JSON.stringify(body)}`)
  return new Caller(hub.origin, body)
}

/** Invites somebody of the given roles, accepts for them and returns them signed in. */
export async function welcome(hub: Hub, inviter: Caller, roles: readonly Role[], person?: string): Promise<Caller> {
  const login = `${roles[0]}-${randomUUID().slice(0, 8)}`
  const invitation = { name: login, roles, ...(person ? { person } : {}) }
  const invited = await inviter.tell<InvitationInfo>('POST', paths.invitations, invitation)
  if (invited.status !== 201) throw new Error(`invitation: ${invited.status} ${JSON.stringify(invited.body)}`)
  const accepted = await new Caller(hub.origin).tell<SessionInfo>('POST', paths.invitation(invited.body.code), {
    login,
    password,
    device: device(),
    token: true,
  })
  if (accepted.status !== 200) throw new Error(`acceptance: ${accepted.status} ${JSON.stringify(accepted.body)}`)
  return new Caller(hub.origin, accepted.body)
}

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }

/** Records for `office`, as short as they may be. */
export const bodyRecord = (key: string) => ({ ...stamp, _id: `body:${key}`, type: 'body', name: key })
export const organizationRecord = (key: string, organizationType: 'council' | 'committee' | 'faction') => ({
  ...stamp,
  _id: `organization:${key}`,
  type: 'organization',
  body: 'body:town',
  name: key,
  organizationType,
})
export const personRecord = (key: string) => ({
  ...stamp,
  _id: `person:${key}`,
  type: 'person',
  body: 'body:town',
  name: key,
  familyName: key,
  released: [],
})
export const membershipRecord = (
  person: string,
  organization: string,
  days: { startDate?: string; endDate?: string },
) => ({
  ...stamp,
  _id: `membership:${person}-${organization}`,
  type: 'membership',
  person: `person:${person}`,
  organization: `organization:${organization}`,
  votingRight: true,
  ...days,
})

/** Writes records into the working state, over what is there of them. */
export async function writeOffice(
  hub: Hub,
  ...records: readonly { _id: string; [field: string]: unknown }[]
): Promise<void> {
  const office = await hub.store.open('office')
  for (const record of records) {
    const stored = await office.get(record._id)
    const [outcome] = await office.write([stored ? { ...record, _rev: stored._rev } : record])
    if (!outcome?.ok) throw new Error(`${record._id}: ${JSON.stringify(outcome)}`)
  }
}
