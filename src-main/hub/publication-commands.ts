import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentStore } from '../../shared/ports/document-store.ts'
import type { HubConfig } from './config.ts'
import { makeLogger } from './http/logging.ts'
import { auditPublication, type PublicationDifference } from './publisher/audit.ts'
import { rebuildPublication } from './publisher/publisher.ts'
import { StartFault } from './start-fault.ts'
import { openStore } from './start-hub.ts'
import { copyDatabase, openSqliteStore } from './store/index.ts'

/** While a hub runs, an edit may be stored in one database and not yet in another when they are copied. */
const tries = 3

/**
 * Proves that the published audiences are the image of `office`, or says where they are not. Works on a copy, so that
 * the hub may be running; what a later copy no longer shows was only under way.
 */
export async function audit(config: HubConfig): Promise<PublicationDifference[]> {
  if (config.store !== 'embedded') return withStore(await openStore(config), auditPublication)
  const source = join(config.data, 'audiences')
  if (!existsSync(source))
    throw new StartFault(`There are no documents in ${config.data}. Name the right folder under "data".`)
  let differences: PublicationDifference[] = []
  for (let round = 0; round < tries; round++) {
    differences = await withCopy(config.data, source, async (folder) =>
      withStore(await openSqliteStore({ folder }), auditPublication),
    )
    if (differences.length === 0) break
  }
  return differences
}

/** Makes the published audiences anew from `office`. Throws `StoreError` while a hub runs. */
export async function rebuild(config: HubConfig): Promise<{ written: number }> {
  const log = makeLogger(config.logLevel)
  return withStore(await openStore(config), (store) => rebuildPublication({ store, log, clock: Date.now }))
}

async function withStore<Outcome>(
  store: DocumentStore,
  act: (store: DocumentStore) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}

/** The copy lies in the data folder, which is for the hub's eyes alone. */
async function withCopy<Outcome>(
  data: string,
  source: string,
  act: (folder: string) => Promise<Outcome>,
): Promise<Outcome> {
  const folder = await mkdtemp(join(data, '.audit-'))
  try {
    await mkdir(join(folder, 'audiences'))
    for (const name of await readdir(source))
      if (name.endsWith('.sqlite')) await copyDatabase(join(source, name), join(folder, 'audiences', name))
    return await act(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
