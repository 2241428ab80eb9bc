import { isDeepStrictEqual } from 'node:util'
import type { AudienceStore, DocumentStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import { partsOf, type Audience } from '../../../shared/rules/audience.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { contentOf, isTombstone, settledImage } from './image-difference.ts'
import { isRecordId, readWorkingRecord, WorkingState } from './working-state.ts'

/** A place where a published audience is not the image of `office`: too little, too much, or something else. */
export interface PublicationDifference {
  readonly audience: Audience
  readonly id: string
  readonly kind: 'missing' | 'surplus' | 'different'
}

/**
 * Compares every published audience with the image of `office`, stamps aside. Reads from the store alone, not from a
 * running publisher's memory; what `office` received in the last moments may still be on its way.
 */
export async function auditPublication(store: DocumentStore): Promise<PublicationDifference[]> {
  const state = await readState(await store.open('office'))
  const audiences = new Set<Audience>(['public'])
  for (const audience of await store.audiences()) if (partsOf(audience).kind === 'org') audiences.add(audience)
  for (const id of state.ids()) {
    const record = state.get(id)
    if (record) for (const audience of imagesOf(record, state).keys()) audiences.add(audience)
  }
  const differences: PublicationDifference[] = []
  for (const audience of audiences) differences.push(...(await auditAudience(store, audience, state)))
  return differences
}

async function readState(office: AudienceStore): Promise<WorkingState> {
  const state = new WorkingState()
  const { rows } = await office.list({ includeDocs: true, conflicts: true })
  for (const { id, doc } of rows) if (doc && isRecordId(id)) state.set(id, await readWorkingRecord(office, doc))
  return state
}

async function auditAudience(
  store: DocumentStore,
  audience: Audience,
  state: WorkingState,
): Promise<PublicationDifference[]> {
  const held = new Map<string, StoredDocument>()
  if (await store.exists(audience)) {
    const { rows } = await (await store.open(audience)).list({ includeDocs: true })
    for (const { id, doc } of rows) if (doc && !id.startsWith('event:')) held.set(id, doc)
  }
  const differences: PublicationDifference[] = []
  for (const id of new Set([...state.ids(), ...held.keys()])) {
    const record = state.get(id)
    const found = held.get(id)
    const image = record && imagesOf(record, state).get(audience)
    const wanted = settledImage(id, audience, image, found, state)
    const there = found && !isTombstone(found) ? found : undefined
    if (wanted && !there) differences.push({ audience, id, kind: 'missing' })
    else if (!wanted && there) differences.push({ audience, id, kind: 'surplus' })
    else if (wanted && there && !isDeepStrictEqual(contentOf(wanted), contentOf(there)))
      differences.push({ audience, id, kind: 'different' })
  }
  return differences
}
