import type { KeyCertificate } from '../../../../shared/council/key-certificate.ts'
import { paths, type SessionInfo, type Town } from '../../../../shared/hub-api/contract.ts'
import type { HubClient } from '../../hub/index.ts'
import { bytesToBase64 } from '../base64.ts'
import { readValue, writeValue, type DeviceStore } from '../store/device-store.ts'
import type { Secrets } from '../store/secrets.ts'
import { fingerprintOf, signText } from './signing.ts'

/** The key by which this device signs for one account. */
export interface DeviceKey {
  /** Raw, base 64. */
  readonly publicKey: string
  /** SHA-256 of it, in hexadecimal digits. */
  readonly fingerprint: string
  /** The mark of this device in the hybrid clock. */
  readonly mark: string
  sign(text: string): Promise<string>
}

/**
 * The keys that this device signs with, one per account, and what the hub certified of them. They are kept for work
 * without a network, and end with the account's closed copies.
 */
export class DeviceKeys {
  #hub: HubClient
  #store: DeviceStore
  #secrets: Secrets
  #held = new Map<string, Promise<DeviceKey>>()

  constructor(hub: HubClient, store: DeviceStore, secrets: Secrets) {
    this.#hub = hub
    this.#store = store
    this.#secrets = secrets
  }

  /** The key of an account, made when there is none. */
  of(account: string): Promise<DeviceKey> {
    const held = this.#held.get(account) ?? this.#open(account)
    this.#held.set(account, held)
    held.catch(() => this.#held.delete(account))
    return held
  }

  /** What the hub certified last; undefined before its first word, or when it is about another key. */
  async certificate(account: string): Promise<KeyCertificate | undefined> {
    const certificate = (await readValue(this.#store, 'certificates'))?.[account]
    return certificate?.publicKey === (await this.of(account)).publicKey ? certificate : undefined
  }

  /** Asks the hub to vouch for the key, when it never did or when what it vouched for is no longer so. */
  async certify(session: Omit<SessionInfo, 'token'>, town: Town): Promise<void> {
    const account = session.account.id
    const { publicKey } = await this.of(account)
    const known = await this.certificate(account)
    if (known && (await isCurrent(known, session, town))) return
    const answer = await this.#hub.ask<KeyCertificate>('POST', paths.deviceKey, { publicKey })
    if (answer.ok) await this.#remember(account, answer.value)
  }

  /** Ends a key: nobody signs with it any more. */
  async drop(account: string): Promise<void> {
    this.#held.delete(account)
    await this.#secrets.dropSigningKey(account)
    await this.#remember(account, undefined)
  }

  async #open(account: string): Promise<DeviceKey> {
    const pair = (await this.#secrets.signingKey(account)) ?? (await this.#secrets.makeSigningKey(account))
    const publicKey = bytesToBase64(await crypto.subtle.exportKey('raw', pair.publicKey))
    const fingerprint = await fingerprintOf(publicKey)
    return { publicKey, fingerprint, mark: fingerprint.slice(0, 8), sign: (text) => signText(pair.privateKey, text) }
  }

  async #remember(account: string, certificate: KeyCertificate | undefined): Promise<void> {
    const { [account]: _, ...others } = (await readValue(this.#store, 'certificates')) ?? {}
    await writeValue(this.#store, 'certificates', certificate ? { ...others, [account]: certificate } : others)
  }
}

async function isCurrent(
  certificate: KeyCertificate,
  { principal, device }: Omit<SessionInfo, 'token'>,
  town: Town,
): Promise<boolean> {
  return (
    certificate.person === principal.person &&
    certificate.device === device.id &&
    [...certificate.roles].sort().join() === [...principal.roles].sort().join() &&
    certificate.hub === (await fingerprintOf(town.signingKey))
  )
}
