import { canonical } from '../../../canonical.ts'
import type { KeyCertificate } from '../../../council/key-certificate.ts'
import { hubAccount, parseMeetingEventId, readMeetingEvent, type MeetingEvent } from '../../../council/meeting-event.ts'
import type { Signing } from '../../../ports/signing.ts'
import type { LogFault, LogVerification } from './verification.ts'

/** Fields that a store adds to a document are no part of what its author wrote; `_id` is. */
const written = (event: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(event).filter(([field]) => field === '_id' || !field.startsWith('_')))

/** The text that the author's device signs: everything of an event but its revision and the signature itself. */
export function signedText(event: Omit<MeetingEvent, 'signature'>): string {
  const { signature: _, ...rest } = written(event)
  return canonical(rest)
}

/** The text whose digest the next event of the same key names: everything but the revision, the signature included. */
export const digestText = (event: MeetingEvent): string => canonical(written(event))

/** The text of a certificate that the hub signs: everything but the signature itself. */
export function certificateText(certificate: Omit<KeyCertificate, 'signature'>): string {
  const { signature: _, ...rest } = certificate as KeyCertificate
  return canonical(rest)
}

/** An event with its digest, and its place among those of its key. */
interface Link {
  readonly event: MeetingEvent
  readonly digest: string
  readonly clock: string
  parent?: Link
  /** A child stands behind it already. */
  followed: boolean
  forged: boolean
}

type Kind = LogFault['kind']

/**
 * Checks a log, event by event: whether its author signed it with a key that a known hub vouches for, and whether it
 * follows the one that the same key wrote before. Every chain that one key wrote into one audience is checked for
 * itself. What is missing at the end of a chain cannot be seen from the log alone: compare `digest` with that of
 * somebody else, or with the hub's.
 *
 * @param events documents of one or more audiences, in any order, duplicates allowed
 * @param trustedHubKeys raw Ed25519 public keys, base 64
 */
export async function verifyLog(
  events: Iterable<unknown>,
  signing: Signing,
  trustedHubKeys: readonly string[],
): Promise<LogVerification> {
  const faults: LogFault[] = []
  const links = await readLinks(events, signing, faults)
  const report = ({ event }: Link, kind: Kind): unknown =>
    faults.push({ kind, event: event._id, account: event.author.account, place: event.place })
  const chains = chainLinks(links)
  const vouching = new Vouching(signing, trustedHubKeys)
  await vouching.prepare()
  await Promise.all(
    links.map(async (link) => {
      const fault = await vouching.faultOf(link, links)
      if (fault) report(link, fault)
      link.forged = fault !== undefined
    }),
  )
  for (const link of links) for (const kind of chainFaults(link, links)) report(link, kind)
  faults.sort((a, b) => compare(a.event, b.event) || compare(a.kind, b.kind))
  const digest = await signing.digest(links.map((link) => link.digest).join(''))
  return { events: links.length, chains, digest, faults }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

async function readLinks(events: Iterable<unknown>, signing: Signing, faults: LogFault[]): Promise<Link[]> {
  const byDigest = new Map<string, Link>()
  for (const document of events) {
    const read = readMeetingEvent(document)
    if (!read.ok) {
      const id = (document as { _id?: unknown } | null)?._id
      faults.push({ kind: 'unreadable', event: typeof id === 'string' ? id : '', account: '', place: 0 })
      continue
    }
    // As it was written, not as it was read: reading trims, and a signature is over every letter.
    const event = document as MeetingEvent
    const digest = await signing.digest(digestText(event))
    const clock = parseMeetingEventId(event._id)?.clock ?? ''
    byDigest.set(digest, { event, digest, clock, followed: false, forged: false })
  }
  return [...byDigest.values()].sort((a, b) => compare(a.event._id, b.event._id) || compare(a.digest, b.digest))
}

/** Events of one key in one meeting, whatever audience they were written into. */
const sameHand = (a: Link, b: Link): boolean =>
  a.event.author.key === b.event.author.key && meetingOf(a.event) === meetingOf(b.event)
const meetingOf = ({ _id }: MeetingEvent): string | undefined => parseMeetingEventId(_id)?.meeting

/** Hangs every event behind the one whose digest it names; the number of chains that this makes. */
function chainLinks(links: readonly Link[]): number {
  const byDigest = new Map(links.map((link) => [link.digest, link]))
  let chains = 0
  for (const link of links) {
    const parent = link.event.previous === null ? undefined : byDigest.get(link.event.previous)
    if (!parent || !sameHand(parent, link) || parent.followed) {
      chains += 1
      continue
    }
    link.parent = parent
    parent.followed = true
  }
  return chains
}

function chainFaults(link: Link, links: readonly Link[]): Kind[] {
  const { event, parent, clock } = link
  if (event.place === 1) return event.previous === null ? [] : ['broken-chain']
  if (event.previous === null) return ['broken-chain']
  if (parent) {
    const faults: Kind[] = []
    if (parent.event.place !== event.place - 1) faults.push('broken-chain')
    if (parent.clock >= clock) faults.push('reordered')
    return faults
  }
  const before = links.filter((other) => other.event.place === event.place - 1 && sameHand(other, link))
  // Something stands where the one before belongs, but not what this one was written after.
  const isExchanged = before.some((other) => other.digest === event.previous || (other.forged && !other.followed))
  return [isExchanged ? 'broken-chain' : 'missing']
}

/** Who vouches for the keys of a log. */
class Vouching {
  readonly #signing: Signing
  readonly #hubKeys: readonly string[]
  /** Trusted keys by their fingerprint. */
  readonly #trusted = new Map<string, string>()
  readonly #judged = new Map<string, Promise<boolean>>()

  constructor(signing: Signing, hubKeys: readonly string[]) {
    this.#signing = signing
    this.#hubKeys = hubKeys
  }

  async prepare(): Promise<void> {
    for (const key of this.#hubKeys) this.#trusted.set(await this.#signing.fingerprint(key), key)
  }

  /** Whether an event was written by whom it says, and may be by them. */
  async faultOf(link: Link, links: readonly Link[]): Promise<'forged' | 'uncertified' | undefined> {
    const { event } = link
    const key = await this.#keyOf(link, links)
    if (key === undefined) return 'uncertified'
    if (parseMeetingEventId(event._id)?.author !== event.author.account) return 'forged'
    return (await this.#signing.verify(key, signedText(event), event.signature)) ? undefined : 'forged'
  }

  /** The public key by which an event has to be signed; undefined where nobody vouches for it. */
  async #keyOf(link: Link, links: readonly Link[]): Promise<string | undefined> {
    const { author } = link.event
    if (author.account === hubAccount) return this.#trusted.get(author.key)
    for (const certificate of certificatesFor(link, links)) {
      const { account, person, roles } = certificate
      if (account !== author.account || person !== author.person) continue
      if (!author.roles.every((role) => roles.includes(role))) continue
      if (await this.#isGenuine(certificate, author.key)) return certificate.publicKey
    }
    return undefined
  }

  #isGenuine(certificate: KeyCertificate, key: string): Promise<boolean> {
    const text = canonical([certificate, key])
    const known = this.#judged.get(text)
    if (known) return known
    const judged = this.#judge(certificate, key)
    this.#judged.set(text, judged)
    return judged
  }

  async #judge(certificate: KeyCertificate, key: string): Promise<boolean> {
    const hub = this.#trusted.get(certificate.hub)
    if (hub === undefined || (await this.#signing.fingerprint(certificate.publicKey)) !== key) return false
    return this.#signing.verify(hub, certificateText(certificate), certificate.signature)
  }
}

/** The certificate that holds for an event: the last in its chain; where the chain is torn, any of the same key. */
function certificatesFor(link: Link, links: readonly Link[]): KeyCertificate[] {
  for (let at: Link | undefined = link; at; at = at.parent) if (at.event.certificate) return [at.event.certificate]
  return links.filter((other) => sameHand(other, link)).flatMap(({ event }) => event.certificate ?? [])
}
