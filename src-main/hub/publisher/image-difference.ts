import { isDeepStrictEqual } from 'node:util'
import { definitions, isRecordType, type AnyRecord } from '../../../shared/council/records/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import type { AudienceStore, IncomingDocument, StoredDocument } from '../../../shared/ports/document-store.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { frozenImage } from '../../../shared/rules/publication.ts'
import type { WorkingState } from './working-state.ts'

const bookkeeping = new Set(['_id', '_rev', 'created', 'modified'])
/** An image without what differs between the working state and an audience by nature. */
export const contentOf = (image: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).filter(([field]) => !bookkeeping.has(field)))

const tombstoneFields = new Set(['_id', '_rev', 'type', 'schema', 'created', 'modified', 'deleted'])
/** Whether a published document says that there was one, and nothing else. */
export const isTombstone = (document: StoredDocument): boolean =>
  document['deleted'] === true && Object.keys(document).every((field) => tombstoneFields.has(field))

/** What an audience holds of the given ids, tombstones included. */
export async function readHeld(target: AudienceStore, ids: readonly string[]): Promise<Map<string, StoredDocument>> {
  const { rows } = await target.list({ keys: ids, includeDocs: true })
  return new Map(rows.flatMap(({ id, doc }) => (doc && !doc._deleted ? [[id, doc] as const] : [])))
}

/**
 * The image that an audience should hold of an id.
 *
 * @param image what the rule makes of the record as it is now
 * @param held what the audience holds now; all that may remain of a record in dispute
 */
export function settledImage(
  id: string,
  audience: Audience,
  image: AnyRecord | undefined,
  held: StoredDocument | undefined,
  state: WorkingState,
): AnyRecord | undefined {
  const record = state.get(id)
  if (!record || !state.isDisputed(id)) return image
  if (!image || !held || isTombstone(held)) return undefined
  const { _rev: _, ...last } = held
  return frozenImage(last as unknown as AnyRecord, record, audience, state)
}

/** What has to be written so that an audience holds the image and nothing else; undefined when it already does. */
export function differenceOf(
  id: string,
  image: AnyRecord | undefined,
  held: StoredDocument | undefined,
  stamp: string,
): IncomingDocument | undefined {
  if (image) {
    if (held && isDeepStrictEqual(contentOf(image), contentOf(held))) return undefined
    return { ...image, created: createdOf(held) ?? stamp, modified: stamp, _rev: held?._rev }
  }
  if (!held || isTombstone(held)) return undefined
  const type = typeOfId(id)
  // Nobody but the publisher writes here, so this is nothing that anybody may rely on.
  if (!isRecordType(type)) return { _id: id, _rev: held._rev, _deleted: true }
  const created = createdOf(held) ?? stamp
  return { _id: id, _rev: held._rev, type, schema: definitions[type].version, created, modified: stamp, deleted: true }
}

const createdOf = (held: StoredDocument | undefined): string | undefined =>
  typeof held?.['created'] === 'string' ? held['created'] : undefined
