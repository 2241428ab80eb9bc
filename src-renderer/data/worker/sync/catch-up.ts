import { paths } from '../../../../shared/hub-api/contract.ts'
import type { Seq } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { HubClient } from '../../hub/index.ts'
import type { OpenCopy } from '../store/databases.ts'
import { PouchDB } from '../store/pouchdb.ts'
import type { ContactFailure } from './first-contact.ts'

/**
 * Ordinary replication from where the copy stands, once: after every gap that the live feed leaves. Never `live`:
 * with `since` that rewinds at each reconnect.
 */
export async function catchUp(hub: HubClient, open: OpenCopy, since: Seq): Promise<Result<Seq, ContactFailure>> {
  let refused = false
  const remote = new PouchDB(`${hub.origin}${paths.database(open.copy.audience)}`, {
    adapter: 'http',
    skip_setup: true,
    fetch: async (url: string, init?: RequestInit) => {
      const response = await hub.fetch(url, init)
      // A missing checkpoint is a 404 as well.
      if ([401, 403, 404].includes(response.status) && !url.includes('/_local/')) refused = true
      return response
    },
  })
  try {
    const { last_seq } = await PouchDB.replicate(remote, open.database, { since, batch_size: 1000 })
    return success(last_seq)
  } catch {
    return failed(refused ? 'gone' : 'unreachable')
  } finally {
    await remote.close()
  }
}
