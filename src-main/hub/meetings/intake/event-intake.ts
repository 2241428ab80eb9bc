import type { KeyCertificate } from '../../../../shared/council/key-certificate.ts'
import { parseMeetingEventId, timeOfEvent, type MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import type { AudienceStore, IncomingDocument } from '../../../../shared/ports/document-store.ts'
import type { Refusal } from '../../../../shared/rules/access.ts'
import { partsOf, type Audience } from '../../../../shared/rules/audience.ts'
import { certificateText, signedText } from '../../../../shared/rules/meeting/verification/index.ts'
import { fingerprintOf, isSigned, type HubKey } from '../../signing.ts'
import type { WriteDoor } from '../../write-door.ts'
import type { MeetingPlaces } from '../meeting-places.ts'
import { chainAfter, type ChainEnd, type Chains } from './chains.ts'

/** Milliseconds that the clock of a device may be ahead of the hub's. */
const mostAhead = 120_000
/** Milliseconds after which an event can only have been written without contact to the hub. */
const mostOnTheWay = 30_000

/** Certificates of which it is remembered that they are genuine. */
const mostRemembered = 2000

export interface EventIntakeOptions {
  readonly key: Pick<HubKey, 'publicKey' | 'fingerprint'>
  readonly chains: Chains
  /** Milliseconds since 1970. */
  readonly now: () => number
  /**
   * When this incarnation of the data began. What was written before is sent again after a backup was restored: then it
   * was in time once, and its signature forbids to mark it now.
   */
  readonly began: number
  readonly places: MeetingPlaces
  /** Hears of an audience before the first event comes into it. */
  readonly follow: (audience: Audience) => Promise<unknown>
}

const refusal = (reason: Refusal['reason'], field: string, message: string): Refusal => ({
  reason,
  faults: [{ field, message }],
})

/** Lets events of meetings in that are signed, in time and in their place. */
export class EventIntake implements WriteDoor {
  readonly #options: EventIntakeOptions
  /** Texts of certificates that this hub signed, by signature. */
  readonly #genuine = new Map<string, string>()

  constructor(options: EventIntakeOptions) {
    this.#options = options
  }

  async judge(store: AudienceStore, documents: readonly IncomingDocument[]): Promise<readonly (Refusal | undefined)[]> {
    const verdicts = new Array<Refusal | undefined>(documents.length).fill(undefined)
    if (documents.length === 0 || !takesEvents(store.audience)) return verdicts
    await this.#options.follow(store.audience)
    const events = documents
      .map((document, index) => ({ index, event: document as unknown as MeetingEvent, document }))
      .filter(({ document }) => parseMeetingEventId(document._id))
      // A batch may bring a chain in any order.
      .sort((a, b) => a.event.place - b.event.place)
    const meetings = new Set(events.map(({ event }) => meetingOf(event)))
    const chains = this.#options.chains.of(store)
    await chains.catchUp(meetings)
    const ends = new Map<string, ChainEnd>()
    for (const { index, event, document } of events) {
      const chain = `${meetingOf(event)} ${event.author.key}`
      const end = ends.get(chain) ?? chains.endOf(meetingOf(event), event.author.key)
      const refused = document['_attachments']
        ? refusal('invalid', '_attachments', 'must not be there')
        : await this.#refusalOf(store.audience, event, end)
      verdicts[index] = refused
      if (!refused) ends.set(chain, chainAfter(end, event))
    }
    return verdicts
  }

  async #refusalOf(audience: Audience, event: MeetingEvent, end: ChainEnd): Promise<Refusal | undefined> {
    const { places } = this.#options
    if (!(await places.belongs(meetingOf(event), audience)))
      return refusal('invalid', '_id', 'must be of a meeting of this audience')
    if (!(await this.#namesBodies(event))) return refusal('invalid', 'body', 'must name bodies of this meeting alone')
    return this.#clockRefusal(event) ?? chainRefusal(event, end) ?? this.#signatureRefusal(event, end)
  }

  /** A meeting is prepared for the bodies that it is called for: into their audiences its events are carried. */
  async #namesBodies(event: MeetingEvent): Promise<boolean> {
    const deed = event.body.kind === 'corrected' ? event.body.instead : event.body
    if (deed?.kind !== 'meeting-prepared') return true
    const bodies = await this.#options.places.organizationsOf(meetingOf(event))
    return deed.constitution.organizations.every((organization) => bodies.includes(organization))
  }

  #clockRefusal(event: MeetingEvent): Refusal | undefined {
    const [at, now] = [timeOfEvent(event), this.#options.now()]
    if (at > now + mostAhead) return refusal('clock', '_id', 'is more than two minutes ahead of the hub')
    if (at >= now - mostOnTheWay || event.offline || at < this.#options.began) return undefined
    return refusal('clock', 'offline', 'must be true for an event that comes later than 30 seconds')
  }

  #signatureRefusal(event: MeetingEvent, end: ChainEnd): Refusal | undefined {
    const certificate = event.certificate ?? end.certificate
    if (!certificate) return refusal('signature', 'certificate', 'must be given at the beginning of a chain')
    if (!this.#vouches(certificate, event))
      return refusal('signature', 'certificate', 'must be one of this hub for this account, person, roles and key')
    if (!isSigned(certificate.publicKey, signedText(event), event.signature))
      return refusal('signature', 'signature', 'does not fit the event')
    return undefined
  }

  #vouches(certificate: KeyCertificate, { author }: MeetingEvent): boolean {
    const { key } = this.#options
    return (
      certificate.hub === key.fingerprint &&
      certificate.account === author.account &&
      certificate.person === author.person &&
      sameRoles(certificate.roles, author.roles) &&
      fingerprintOf(certificate.publicKey) === author.key &&
      this.#isGenuine(certificate)
    )
  }

  /** Every event of a device comes under the same certificate, whose signature stays what it is. */
  #isGenuine(certificate: KeyCertificate): boolean {
    const { signature } = certificate
    const text = certificateText(certificate)
    if (this.#genuine.get(signature) === text) return true
    if (!isSigned(this.#options.key.publicKey, text, signature)) return false
    if (this.#genuine.size >= mostRemembered) this.#genuine.clear()
    this.#genuine.set(signature, text)
    return true
  }
}

const takesEvents = (audience: Audience): boolean => ['org', 'circle'].includes(partsOf(audience).kind)
const meetingOf = (event: MeetingEvent): string => parseMeetingEventId(event._id)?.meeting ?? ''
const sameRoles = (a: readonly string[], b: readonly string[]): boolean => [...a].sort().join() === [...b].sort().join()

/** The fault names the place from which on the device has to send. */
function chainRefusal(event: MeetingEvent, end: ChainEnd): Refusal | undefined {
  if (event.place !== end.place + 1)
    return refusal('chain', 'place', `must be ${end.place + 1}: what lies between is not here`)
  if (event.previous !== (end.place === 0 ? null : end.digest))
    return refusal('chain', 'previous', `must be the digest of place ${end.place}`)
  const clock = parseMeetingEventId(event._id)?.clock ?? ''
  if (end.place > 0 && clock <= end.clock) return refusal('chain', '_id', 'must be later than the event before it')
  return undefined
}
