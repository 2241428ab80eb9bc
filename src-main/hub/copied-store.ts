import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentStore } from '../../shared/ports/document-store.ts'
import type { HubConfig } from './config.ts'
import { StartFault } from './start-fault.ts'
import { openStore } from './start-hub.ts'
import { copyDatabase, openSqliteStore } from './store/index.ts'

/** Opens a store for as long as somebody works with it. */
export async function withStore<Outcome>(
  store: DocumentStore,
  act: (store: DocumentStore) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}

/**
 * Works on a copy of the documents, so that the hub may be running; CouchDB is read as it is. The copy lies in the data
 * folder, which is for the hub's eyes alone.
 */
export async function withCopiedStore<Outcome>(
  config: HubConfig,
  act: (store: DocumentStore) => Promise<Outcome>,
): Promise<Outcome> {
  if (config.store !== 'embedded') return withStore(await openStore(config), act)
  const source = join(config.data, 'audiences')
  if (!existsSync(source))
    throw new StartFault(`There are no documents in ${config.data}. Name the right folder under "data".`)
  const folder = await mkdtemp(join(config.data, '.copy-'))
  try {
    await mkdir(join(folder, 'audiences'))
    for (const name of await readdir(source))
      if (name.endsWith('.sqlite')) await copyDatabase(join(source, name), join(folder, 'audiences', name))
    return await withStore(await openSqliteStore({ folder }), act)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
