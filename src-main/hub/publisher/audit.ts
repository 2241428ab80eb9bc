import { isDeepStrictEqual } from 'node:util'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { AudienceStore, DocumentStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import { progressId } from '../../../shared/council/meeting-progress.ts'
import { partsOf, type Audience } from '../../../shared/rules/audience.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { MeetingLogs } from '../meeting-logs.ts'
import { contentOf, isTombstone, settledImage } from './image-difference.ts'
import { isProgress, publicProgress } from './progress-writer.ts'
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
  const held = new Map<Audience, Map<string, StoredDocument>>()
  for (const audience of await store.audiences())
    if (isPublished(audience)) held.set(audience, await readRecords(await store.open(audience)))
  const ids = new Set([...state.ids(), ...[...held.values()].flatMap((documents) => [...documents.keys()])])
  const images = [...ids].filter((id) => !isProgress(id)).flatMap((id) => differencesOf(id, state, held))
  return [...images, ...(await progressDifferences(store, state, held.get('public') ?? new Map()))]
}

/** Compares what everybody sees of the course of meetings with what their logs say. */
async function progressDifferences(
  store: DocumentStore,
  state: WorkingState,
  held: ReadonlyMap<string, StoredDocument>,
): Promise<PublicationDifference[]> {
  const logs = new MeetingLogs(store)
  const differences: PublicationDifference[] = []
  const meetings = state.ids().filter((id) => id.startsWith('meeting:'))
  const surplus = new Set([...held.keys()].filter(isProgress))
  for (const meeting of meetings) {
    const id = progressId(meeting)
    const wanted = await publicProgress(meeting, state, logs)
    const found = held.get(id)
    if (wanted) surplus.delete(id)
    if (wanted && !found) differences.push({ audience: 'public', id, kind: 'missing' })
    else if (wanted && found && !isDeepStrictEqual(contentOf(wanted), contentOf(found)))
      differences.push({ audience: 'public', id, kind: 'different' })
  }
  return [...differences, ...[...surplus].map((id) => ({ audience: 'public', id, kind: 'surplus' }) as const)]
}

const isPublished = (audience: Audience): boolean =>
  audience === 'public' || ['org', 'circle'].includes(partsOf(audience).kind)

async function readState(office: AudienceStore): Promise<WorkingState> {
  const state = new WorkingState()
  const { rows } = await office.list({ includeDocs: true, conflicts: true })
  for (const { id, doc } of rows) if (doc && isRecordId(id)) state.take(id, await readWorkingRecord(office, doc))
  return state
}

async function readRecords(audience: AudienceStore): Promise<Map<string, StoredDocument>> {
  const { rows } = await audience.list({ includeDocs: true })
  return new Map(rows.flatMap(({ id, doc }) => (doc && !id.startsWith('event:') ? [[id, doc] as const] : [])))
}

function differencesOf(
  id: string,
  state: WorkingState,
  held: ReadonlyMap<Audience, ReadonlyMap<string, StoredDocument>>,
): PublicationDifference[] {
  const record = state.get(id)
  const images = record ? imagesOf(record, state) : new Map<Audience, AnyRecord>()
  return [...new Set([...images.keys(), ...held.keys()])].flatMap((audience) => {
    const found = held.get(audience)?.get(id)
    const wanted = settledImage(id, audience, images.get(audience), found, state)
    const there = found && !isTombstone(found) ? found : undefined
    if (!wanted && !there) return []
    if (!there) return { audience, id, kind: 'missing' as const }
    if (!wanted) return { audience, id, kind: 'surplus' as const }
    return isDeepStrictEqual(contentOf(wanted), contentOf(there)) ? [] : { audience, id, kind: 'different' as const }
  })
}
