import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import { audiencesOf, nobody, type Principal } from '../../../shared/rules/access.ts'
import type { Session, SessionChange, Sessions } from '../session.ts'
import { openSqliteStore } from '../store/index.ts'
import { replicationRoutes, replicationServerOptions, type ReplicationOptions } from './index.ts'

/** Signed-in devices as a plain table, in place of the accounts service. */
export class SessionTable implements Sessions {
  readonly #sessions = new Map<string, Session>()
  readonly #tickets = new Map<string, string>()
  readonly #listeners = new Set<(change: SessionChange) => void>()

  /** Signs a device in; its id is its bearer token and its account is the principal's. */
  signIn(device: string, principal: Principal): Session {
    const id = principal.account ?? device
    const session: Session = {
      account: { id, login: id, name: id },
      device: { id: device, name: device },
      principal,
      audiences: audiencesOf(principal),
    }
    this.#sessions.set(device, session)
    return session
  }

  /** Makes the principal another on all its devices, then tells. */
  change(principal: Principal): void {
    for (const [device, session] of this.#sessions)
      if (session.account.id === principal.account) this.signIn(device, principal)
    if (principal.account !== null) this.#emit({ kind: 'changed', account: principal.account })
  }

  revoke(device: string): void {
    const session = this.#sessions.get(device)
    this.#sessions.delete(device)
    if (session) this.#emit({ kind: 'revoked', account: session.account.id, device })
  }

  /** Ends a session by age, of which nobody tells. */
  expire(device: string): void {
    this.#sessions.delete(device)
  }

  /** Ends a session as signing out does. */
  end(device: string): void {
    const session = this.#sessions.get(device)
    this.#sessions.delete(device)
    if (session) this.#emit({ kind: 'changed', account: session.account.id })
  }

  ticketFor(device: string): string {
    const ticket = `ticket-${this.#tickets.size}-${device}`
    this.#tickets.set(ticket, device)
    return ticket
  }

  redeemTicket(ticket: string): Session | undefined {
    const device = this.#tickets.get(ticket)
    this.#tickets.set(ticket, '')
    return device === undefined ? undefined : this.#sessions.get(device)
  }

  currentSession(device: string): Session | undefined {
    return this.#sessions.get(device)
  }

  nameOf = (account: string): string | undefined =>
    [...this.#sessions.values()].find((session) => session.account.id === account)?.account.name

  onChange(listener: (change: SessionChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #emit(change: SessionChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}

/** A hub with nothing but replication, on a real socket and a real store. */
export interface ReplicationHub {
  readonly url: string
  readonly app: FastifyInstance
  readonly store: DocumentStore
  readonly sessions: SessionTable
  /** A request in the name of a device, or of nobody. */
  ask(device: string | null, path: string, init?: RequestInit): Promise<Response>
  stop(): Promise<void>
}

export async function startReplicationHub(
  options: Pick<ReplicationOptions, 'clock' | 'pingMs' | 'rooms'> = {},
): Promise<ReplicationHub> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-replication-'))
  const store = await openSqliteStore({ folder })
  const sessions = new SessionTable()
  const app = Fastify(replicationServerOptions)
  app.decorateRequest('principal')
  app.decorateRequest('session', null)
  app.addHook('onRequest', async (request) => {
    const device = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    request.session = (device !== undefined && sessions.currentSession(device)) || null
    request.principal = request.session?.principal ?? nobody
  })
  await app.register(replicationRoutes, { store, sessions, ...options })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    app,
    store,
    sessions,
    ask: (device, path, init = {}) =>
      fetch(url + path, {
        ...init,
        headers: { ...(device === null ? {} : { authorization: `Bearer ${device}` }), ...(init.headers as object) },
      }),
    stop: async () => {
      await app.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** People of a small town, one for each way of standing towards its audiences. */
export const people = {
  administrator: someone('root', ['administrator'], {}),
  clerk: someone('clara', ['clerk'], {}),
  staff: someone('stefan', ['staff'], {}),
  chair: someone('chris', ['chair', 'member'], { organizations: ['organization:council', 'organization:planning'] }),
  member: someone('ada', ['member'], { organizations: ['organization:planning'], factions: ['organization:greens'] }),
  otherMember: someone('bert', ['member'], {
    organizations: ['organization:council'],
    factions: ['organization:reds'],
  }),
  guest: someone('gast', ['guest'], {}),
} satisfies Record<string, Principal>

function someone(
  account: string,
  roles: Principal['roles'],
  { organizations = [], factions = [] }: { organizations?: string[]; factions?: string[] },
): Principal {
  return { account, person: `person:${account}`, roles, organizations, factions }
}

/** Signs one device in for each of them; devices are called as the people are. */
export function signInEverybody(sessions: SessionTable): void {
  for (const [name, principal] of Object.entries(people)) sessions.signIn(name, principal)
}
