import type { HubConfig } from './config.ts'
import { withCopiedStore, withStore } from './copied-store.ts'
import { makeLogger } from './http/logging.ts'
import { auditPublication, type PublicationDifference } from './publisher/audit.ts'
import { rebuildPublication } from './publisher/publisher.ts'
import { openStore } from './start-hub.ts'

/** While a hub runs, an edit may be stored in one database and not yet in another when they are copied. */
const tries = 3

/**
 * Proves that the published audiences are the image of `office`, or says where they are not. The hub may be running:
 * what a later copy no longer shows was only under way.
 */
export async function audit(config: HubConfig): Promise<PublicationDifference[]> {
  let differences: PublicationDifference[] = []
  for (let round = 0; round < tries; round++) {
    differences = await withCopiedStore(config, auditPublication)
    if (differences.length === 0 || config.store !== 'embedded') break
  }
  return differences
}

/** Makes the published audiences anew from `office`. Throws `StoreError` while a hub runs. */
export async function rebuild(config: HubConfig): Promise<{ written: number }> {
  const log = makeLogger(config.logLevel)
  return withStore(await openStore(config), (store) => rebuildPublication({ store, log, clock: Date.now }))
}
