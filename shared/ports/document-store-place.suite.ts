import { afterEach, beforeEach } from 'vitest'
import type { AudienceStore, DocumentStore, IncomingDocument, WriteOutcome } from './document-store.ts'

/** A place for one store's data that outlives the store. */
export interface StorePlace {
  open(): Promise<DocumentStore>
  /** Removes the data. */
  dispose(): Promise<void>
}

/** A revision as a replicator brings it: the newest id first. */
export const revision = (id: string, generation: number, hashes: string, fields: object = {}): IncomingDocument => {
  const ids = hashes.split(' ')
  return { _id: id, _rev: `${generation}-${ids[0]}`, _revisions: { start: generation, ids }, ...fields }
}

/** The revision that was written; throws when it was refused. */
export const revOf = (outcomes: readonly WriteOutcome[], index = 0): string => {
  const outcome = outcomes[index]
  if (!outcome?.ok) throw new Error(`not written: ${JSON.stringify(outcome)}`)
  return outcome.rev
}

/** An open store and its `office`, new for each test. */
export interface FreshStore {
  place: StorePlace
  store: DocumentStore
  office: AudienceStore
  /** Writes into `office` as a client does that says which revision it edited. */
  edit(...documents: IncomingDocument[]): Promise<WriteOutcome[]>
  /** Writes into `office` as a replicator does. */
  replicate(...documents: IncomingDocument[]): Promise<WriteOutcome[]>
}

/** Opens a fresh store before each test and removes it afterwards. */
export function useFreshStore(prepare: () => Promise<StorePlace>): FreshStore {
  const fresh = {
    edit: (...documents) => fresh.office.write(documents),
    replicate: (...documents) => fresh.office.write(documents, { newEdits: false }),
  } as FreshStore
  beforeEach(async () => {
    fresh.place = await prepare()
    fresh.store = await fresh.place.open()
    fresh.office = await fresh.store.open('office')
  })
  afterEach(async () => {
    await fresh.store.close()
    await fresh.place.dispose()
  })
  return fresh
}
