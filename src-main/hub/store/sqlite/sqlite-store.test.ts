import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentStoreSuite } from '../../../../shared/ports/document-store.suite.ts'
import { openSqliteStore } from '../index.ts'

documentStoreSuite('embedded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-store-'))
  return {
    open: () => openSqliteStore({ folder }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
})
