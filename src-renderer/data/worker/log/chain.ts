import type { KeyCertificate } from '../../../../shared/council/key-certificate.ts'
import type { MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import { digestText, signedText } from '../../../../shared/rules/meeting/verification/index.ts'
import type { OpenCopy } from '../store/databases.ts'
import type { DeviceKey } from './device-key.ts'
import type { Log } from './meeting-logs.ts'
import { digestOf } from './signing.ts'

/** What this device signs with now. */
export interface Signer {
  readonly key: DeviceKey
  /** Undefined until the hub has vouched for the key. */
  readonly certificate: KeyCertificate | undefined
}

/** The last of the events that the hub has of a key, in one meeting and audience. */
export function headOf(
  log: Log,
  audience: OpenCopy['copy']['audience'],
  fingerprint: string,
): MeetingEvent | undefined {
  let head: MeetingEvent | undefined
  for (const { event, copies } of log.received.values())
    if (event.author.key === fingerprint && event.place > (head?.place ?? 0))
      if ([...copies].some(({ copy }) => copy.audience === audience)) head = event
  return head
}

/** An event that is to follow another one of its key. */
export type Draft = Omit<MeetingEvent, 'place' | 'previous' | 'signature' | 'certificate'>

const digestOfHead = (head: MeetingEvent | undefined): Promise<string | null> =>
  head ? digestOf(digestText(head)) : Promise.resolve(null)

/** Puts an event at the end of its chain and signs it. */
export async function signNext(
  { key, certificate }: Signer,
  draft: Draft,
  head: MeetingEvent | undefined,
): Promise<MeetingEvent> {
  const author = { ...draft.author, key: key.fingerprint }
  const event = {
    ...draft,
    author,
    place: (head?.place ?? 0) + 1,
    previous: await digestOfHead(head),
    ...(certificate && needsCertificate(author, head) ? { certificate } : {}),
  }
  return { ...event, signature: await key.sign(signedText(event)) }
}

/** Whether an event stands where it has to, by the key that signs now. */
export async function follows({ key }: Signer, event: MeetingEvent, head: MeetingEvent | undefined): Promise<boolean> {
  return (
    event.author.key === key.fingerprint &&
    event.place === (head?.place ?? 0) + 1 &&
    event.previous === (await digestOfHead(head)) &&
    (event.certificate !== undefined || !needsCertificate(event.author, head))
  )
}

export const draftOf = ({ place: _, previous: __, signature: ___, certificate: ____, ...draft }: MeetingEvent): Draft =>
  draft

/** At the beginning of a chain, and wherever its author may do other things than before. */
const needsCertificate = (author: MeetingEvent['author'], head: MeetingEvent | undefined): boolean =>
  !head || head.author.person !== author.person || head.author.roles.join() !== author.roles.join()
