import type { AcceptInvitation, SetUp } from '../../../shared/hub-api/account.ts'
import { paths, type ApiFailure, type Pairing, type SessionInfo, type Town } from '../../../shared/hub-api/contract.ts'
import { failed, success, type Result } from '../../../shared/result.ts'
import type { SessionState, SignedOutBecause, SignInFailure } from '../contract.ts'
import type { HubClient } from '../hub/index.ts'
import type { Hello } from './contract.ts'
import type { MirrorState } from './mirror.ts'
import { bitsFromPassword } from './notes/note-sealing.ts'
import type { Databases, OpenCopy } from './store/databases.ts'
import { readValue, writeValue, type DeviceStore } from './store/device-store.ts'
import type { Secrets } from './store/secrets.ts'
import type { Purge } from './purge.ts'

type KeptSession = Omit<SessionInfo, 'token'>

/** Public records belong to nobody's session: whoever signs in next finds them. */
export const accountOf = (audience: string, account: string): string => (audience === 'public' ? '' : account)

export interface SessionDependencies {
  readonly hub: HubClient
  readonly store: DeviceStore
  readonly secrets: Secrets
  readonly databases: Databases
  readonly purge: Purge
  readonly mirror: MirrorState
  readonly hello: Hello
  /** A copy is about to be emptied for a hub with another past. */
  onRenewing(open: OpenCopy): Promise<void>
  /** The open copies are others now. */
  onCopies(): Promise<void>
  /** Somebody is signed in, or nobody any more. */
  onSignedIn(signedIn: boolean): void
}

/** Who is signed in on this device, remembered so that it starts without a network. */
export class DeviceSession {
  #needs: SessionDependencies
  current: KeptSession | undefined

  constructor(needs: SessionDependencies) {
    this.#needs = needs
  }

  /** A copy that the person may read is not complete yet. */
  get isFilling(): boolean {
    const { databases } = this.#needs
    return this.current?.audiences.some((audience) => databases.find(audience)?.copy.seq === undefined) ?? false
  }

  /** Shows everything as it was when the device was last used. */
  async restore(): Promise<void> {
    const { store, mirror, databases, purge, secrets, hello } = this.#needs
    await databases.sweep()
    await purge.expire(new Date())
    mirror.set({ town: (await readValue(store, 'town')) ?? null })
    const session = await readValue(store, 'session')
    if (session?.lent && session.lent.until <= new Date().toISOString()) {
      this.current = session
      await this.#leave('expired', true)
    } else if (session && hello.desktop && (await secrets.token()) === null) await this.#forget(session)
    else if (session) await this.#enter(session)
    else {
      mirror.set({ session: { kind: 'signed-out' } })
      this.#needs.onSignedIn(false)
    }
  }

  /** The keyring was none or is another: with the token went the keys, and nothing sealed can be read any more. */
  async #forget(session: KeptSession): Promise<void> {
    this.current = session
    await this.#leave('not-kept', true)
  }

  /** Ends what the lease no longer covers, also of a device that is never restarted. */
  async expireCopies(now: Date): Promise<void> {
    if (await this.#needs.purge.expire(now)) await this.#needs.onCopies()
  }

  async signIn(login: string, password: string): Promise<Result<SessionInfo, SignInFailure>> {
    const answer = await this.#begin(paths.session, { login, password }, password)
    return answer.ok ? answer : failed(signInFailure(answer.failure))
  }

  setUp = (request: Omit<SetUp, 'device' | 'token'>): Promise<Result<SessionInfo, ApiFailure | 'unreachable'>> =>
    this.#begin(paths.setUp, request, request.administrator.password)

  acceptInvitation = (
    code: string,
    request: Omit<AcceptInvitation, 'device' | 'token'>,
  ): Promise<Result<SessionInfo, ApiFailure | 'unreachable'>> =>
    this.#begin(paths.invitation(code), request, request.password)

  async signOut({ purge }: { purge: boolean }): Promise<void> {
    this.#needs.onSignedIn(false)
    // Handing back ends it at the hub.
    if (!this.current?.lent) await this.#needs.hub.ask('DELETE', paths.session)
    await this.#leave(undefined, purge)
  }

  /** A code to show; a device that could not go back to its room so far does it now. */
  async requestPairing(meeting?: string): Promise<Result<Pairing, ApiFailure | 'unreachable'>> {
    if (!this.current && (await readValue(this.#needs.store, 'handingBack'))) {
      const back = await this.#handBack()
      if (back) {
        await this.#enter(back)
        return failed({ error: 'conflict', message: 'This device belongs to its room again.' })
      }
    }
    return this.#needs.hub.ask<Pairing>('POST', paths.pairings, meeting === undefined ? {} : { meeting })
  }

  async claimPairing(secret: string): Promise<Result<'waiting' | 'paired', ApiFailure | 'unreachable'>> {
    const { hub, hello } = this.#needs
    const body = { secret, device: { name: hello.deviceName }, ...(hello.desktop ? { token: true } : {}) }
    const answer = await hub.ask<SessionInfo | undefined>('POST', paths.pairingClaim, body)
    if (!answer.ok) return answer
    if (!answer.value) return success('waiting')
    await this.#take(answer.value)
    return success('paired')
  }

  /** The hub wants this device to forget everything. */
  revoke = (): Promise<void> => this.#leave('revoked', true)

  /** The socket says that the session is over; only a hub that answers can say that it merely ended. */
  async end(): Promise<void> {
    const device = this.current?.device.id
    const answer = await this.#needs.hub.ask('GET', paths.session)
    // Somebody else is signed in by now, a room after a person for instance.
    if (this.current?.device.id !== device) return
    const ended = !answer.ok && answer.failure !== 'unreachable' && answer.failure.error === 'not-signed-in'
    await (ended ? this.expire() : this.revoke())
  }

  /** The session ended at the hub; what is here stays sealed until the same person signs in again. */
  expire = (): Promise<void> => this.#leave('expired', false)

  /** Makes, renews and purges copies until they are what the hub says of the session. */
  async apply(session: KeptSession, town: Town): Promise<void> {
    const { databases, purge } = this.#needs
    const account = session.account.id
    if (this.current?.account.id !== account) return
    const named = new Set<string>(session.audiences)
    let changed = false
    for (const copy of await databases.stored())
      if (copy.account === accountOf(copy.audience, account) && !named.has(copy.audience)) {
        await purge.copy(copy)
        changed = true
      }
    for (const audience of session.audiences) {
      const open = databases.find(audience)
      if (open?.copy.uuid === town.uuid) continue
      if (open) {
        await this.#needs.onRenewing(open)
        await databases.renew(open, town.uuid)
      } else await databases.create(accountOf(audience, account), audience, town.uuid)
      changed = true
    }
    await this.#remember(session)
    if (changed) await this.#needs.onCopies()
  }

  async #begin(
    path: string,
    request: object,
    password: string,
  ): Promise<Result<SessionInfo, ApiFailure | 'unreachable'>> {
    const { hub, store, secrets, hello } = this.#needs
    const id = await readValue(store, 'device')
    const device = { name: hello.deviceName, ...(id ? { id } : {}) }
    const body = { ...request, device, ...(hello.desktop ? { token: true } : {}) }
    const answer = await hub.ask<SessionInfo>('POST', path, body)
    if (!answer.ok) return answer
    const account = answer.value.account.id
    await secrets.keepPasswordKey(account, await bitsFromPassword(account, password))
    return success(await this.#take(answer.value))
  }

  async #take({ token, ...session }: SessionInfo): Promise<KeptSession> {
    const { store, secrets } = this.#needs
    if (token) await secrets.keepToken(token)
    await writeValue(store, 'device', session.device.id)
    await writeValue(store, 'handingBack', undefined)
    if (this.current) await this.#close()
    await this.#enter(session)
    return session
  }

  /** From a person's session to that of the room; undefined when the hub has none, or did not answer. */
  async #handBack(): Promise<KeptSession | undefined> {
    const { hub, secrets, store, hello } = this.#needs
    const answer = await hub.ask<SessionInfo>('POST', paths.handback, hello.desktop ? { token: true } : {})
    const unreachable = !answer.ok && answer.failure === 'unreachable'
    await writeValue(store, 'handingBack', unreachable ? true : undefined)
    if (!unreachable) await secrets.dropToken()
    if (!answer.ok) return undefined
    const { token, ...session } = answer.value
    if (token) await secrets.keepToken(token)
    await writeValue(store, 'device', session.device.id)
    return session
  }

  async #enter(session: KeptSession): Promise<void> {
    const { databases, purge, store, mirror } = this.#needs
    for (const account of ['', session.account.id])
      for (const copy of await databases.openAll(account)) await purge.copy(copy)
    await this.#makeCopies(session)
    await this.#remember(session)
    const preferences = (await readValue(store, 'preferences'))?.[session.account.id] ?? {}
    mirror.set({ preferences: new Map(Object.entries(preferences)) })
    await this.#needs.onCopies()
    this.#needs.onSignedIn(true)
  }

  /** Makes the copies that are missing, so that what is saved before the first contact has its place. */
  async #makeCopies({ account, audiences }: KeptSession): Promise<void> {
    const { databases, store } = this.#needs
    const town = await readValue(store, 'town')
    if (!town) return
    for (const audience of audiences)
      if (!databases.find(audience)) await databases.create(accountOf(audience, account.id), audience, town.uuid)
  }

  async #remember(session: KeptSession): Promise<void> {
    this.current = session
    await writeValue(this.#needs.store, 'session', session)
    if (session.leaseDays !== undefined) await writeValue(this.#needs.store, 'leaseDays', session.leaseDays)
    this.#needs.mirror.set({ session: { kind: 'signed-in', session } })
  }

  async #leave(because: SignedOutBecause | undefined, purge: boolean): Promise<void> {
    const { store, mirror, secrets } = this.#needs
    const account = this.current?.account.id
    const isLent = this.current?.lent !== undefined
    this.#needs.onSignedIn(false)
    // Nothing of a person stays at the device of a room, whatever the reason.
    if ((purge || isLent) && account) await this.#needs.purge.account(account)
    const back = isLent ? await this.#handBack() : undefined
    if (!isLent) await secrets.dropToken()
    await writeValue(store, 'session', undefined)
    // What was asked of a room's device is not for who comes after it is none any more.
    if (!isLent) await writeValue(store, 'help', undefined)
    if (!isLent) mirror.set({ help: null })
    await this.#close()
    if (back) return this.#enter(back)
    const ended: SessionState = because ? { kind: 'signed-out', because } : { kind: 'signed-out' }
    mirror.set({ session: ended, preferences: new Map() })
  }

  async #close(): Promise<void> {
    this.#needs.onSignedIn(false)
    this.current = undefined
    await this.#needs.databases.closeAll()
    await this.#needs.onCopies()
  }
}

function signInFailure(failure: ApiFailure | 'unreachable'): SignInFailure {
  if (failure === 'unreachable') return failure
  switch (failure.error) {
    case 'wrong-credentials':
    case 'too-many-requests':
    case 'revoked':
    case 'not-ready':
      return failure.error
    default:
      return 'failed'
  }
}
