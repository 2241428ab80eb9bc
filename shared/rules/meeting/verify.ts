import { canonical } from '../../canonical.ts'
import type { KeyCertificate } from '../../council/key-certificate.ts'
import type { MeetingEvent } from '../../council/meeting-event.ts'

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
