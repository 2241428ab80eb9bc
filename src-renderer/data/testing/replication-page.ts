import { PouchDB } from '../worker/store/pouchdb.ts'

/** Copies an audience as PouchDB does it when nobody tells it anything; the number of documents that came. */
async function replicate(audience: string): Promise<number> {
  const local = new PouchDB('reference', { adapter: 'idb' })
  const remote = new PouchDB(`${location.origin}/db/${audience}`, { adapter: 'http', skip_setup: true })
  await PouchDB.replicate(remote, local, {})
  return (await local.info()).doc_count
}

Object.assign(globalThis, { replicate })
