import { meetingEventRange } from '../../shared/council/meeting-event.ts'
import type { StoredDocument } from '../../shared/ports/document-store.ts'
import { partsOf } from '../../shared/rules/audience.ts'
import { type LogVerification, verifyLog } from '../../shared/rules/meeting/verification/index.ts'
import { readSigningKey } from './accounts/read-signing-key.ts'
import type { HubConfig } from './config.ts'
import { withCopiedStore } from './copied-store.ts'
import { nodeSigning } from './signing.ts'
import { StartFault } from './start-fault.ts'

/**
 * Checks everything that the hub holds of a meeting, signature by signature; the hub may be running. Throws
 * `StartFault` when it holds nothing of it.
 *
 * @param meeting record id, such as `meeting:01J…`, or its key alone
 */
export async function verifyMeeting(config: HubConfig, meeting: string): Promise<LogVerification> {
  const key = readSigningKey(config.data)
  const id = meeting.startsWith('meeting:') ? meeting : `meeting:${meeting}`
  const documents = await withCopiedStore(config, async (store) => {
    const found: StoredDocument[] = []
    for (const audience of await store.audiences()) {
      if (!['org', 'circle'].includes(partsOf(audience).kind)) continue
      const { rows } = await (await store.open(audience)).list({ ...meetingEventRange(id), includeDocs: true })
      found.push(...rows.flatMap(({ doc }) => doc ?? []))
    }
    return found
  })
  if (documents.length === 0) throw new StartFault(`There are no events of ${id}. Name the meeting by its id.`)
  return verifyLog(documents, nodeSigning(), [key])
}
