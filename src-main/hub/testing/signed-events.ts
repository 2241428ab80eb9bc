import { formatClock } from '../../../shared/council/clock.ts'
import type { KeyCertificate } from '../../../shared/council/key-certificate.ts'
import { meetingEventId, type EventBody, type MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { Principal } from '../../../shared/rules/access.ts'
import { certificateText, digestText, signedText } from '../../../shared/rules/meeting/verification/index.ts'
import { digestOf, hubKeyOf, makeSecretKey, type HubKey } from '../signing.ts'
import type { Caller } from './hub.ts'

/** An event as a device sends it. */
export type SentEvent = MeetingEvent & { readonly _rev: string }

type Writer = Pick<Principal, 'account' | 'person' | 'roles'>

/** One device that signs what its person does, and keeps the chain of it. */
export class SigningDevice {
  readonly key: HubKey
  readonly certificate: KeyCertificate
  readonly #ends = new Map<string, SentEvent>()
  /** Milliseconds since 1970, and the count within them, of the newest event. */
  #clock = { ms: 0, count: 0 }

  private constructor(key: HubKey, certificate: KeyCertificate) {
    this.key = key
    this.certificate = certificate
  }

  /** With a key that the hub certifies for who is signed in. */
  static async of(caller: Caller): Promise<SigningDevice> {
    const key = hubKeyOf(makeSecretKey())
    const answer = await caller.tell<KeyCertificate>('POST', paths.deviceKey, { publicKey: key.publicKey })
    if (answer.status !== 200) throw new Error(`certificate: ${answer.status} ${JSON.stringify(answer.body)}`)
    return new SigningDevice(key, answer.body)
  }

  /** With a key that a hub's key certifies, without asking the hub. */
  static certifiedBy(hub: HubKey, { account, person, roles }: Writer, device = 'device'): SigningDevice {
    const key = hubKeyOf(makeSecretKey())
    const certified: Omit<KeyCertificate, 'signature'> = {
      ...{ publicKey: key.publicKey, account: account ?? '', person, roles: [...roles], device },
      ...{ issued: '2026-01-01T00:00:00Z', hub: hub.fingerprint },
    }
    return new SigningDevice(key, { ...certified, signature: hub.sign(certificateText(certified)) })
  }

  /**
   * The next event of this device in a meeting.
   *
   * @param at milliseconds since 1970; now unless given
   */
  write(
    meeting: string,
    body: EventBody,
    { at = Date.now(), ...more }: { at?: number; offline?: true; audience?: string } & Partial<MeetingEvent> = {},
  ): SentEvent {
    const { audience = '', ...fields } = more as typeof more & { audience?: string }
    const chain = `${meeting} ${audience}`
    const before = this.#ends.get(chain)
    this.#clock = at > this.#clock.ms ? { ms: at, count: 0 } : { ...this.#clock, count: this.#clock.count + 1 }
    const { account, person, roles } = this.certificate
    const clock = formatClock({ ...this.#clock, device: this.key.fingerprint.slice(0, 8) })
    const event = this.sign({
      ...{ _id: meetingEventId({ meeting, clock, author: account }), type: 'event', schema: 1 },
      ...{ author: { account, person, roles, key: this.key.fingerprint }, body, place: (before?.place ?? 0) + 1 },
      previous: before ? digestOf(digestText(before)) : null,
      ...(before ? {} : { certificate: this.certificate }),
      ...fields,
    })
    this.#ends.set(chain, event)
    return event
  }

  /** Signs what is given, as it is given. */
  sign(event: Omit<MeetingEvent, 'signature'>): SentEvent {
    const signature = this.key.sign(signedText(event))
    return { ...event, signature, _rev: `1-${digestOf(signature).slice(0, 32)}` }
  }
}
