import type { IncomingDocument, Revisions } from '../../../shared/ports/document-store.ts'
import { generationOf, hashOf, newestOf } from './revision-tree.ts'
import { failed, success, type Result } from '../../../shared/result.ts'

/** An attachment on its way in: bytes, or a stub that names what the document already has. */
export interface IncomingAttachment {
  readonly content_type?: string
  readonly data?: string
  readonly digest?: string
  readonly revpos?: number
  readonly stub?: boolean
}

/** A document taken apart into what the replication protocol says of it and what it says itself. */
export interface Incoming {
  readonly id: string
  readonly rev: string | undefined
  readonly revisions: Revisions | undefined
  readonly deleted: boolean
  readonly attachments: Readonly<Record<string, IncomingAttachment>>
  readonly body: Readonly<Record<string, unknown>>
}

const revision = /^[1-9]\d{0,14}-[\w.-]{1,128}$/
const known = new Set(['_id', '_rev', '_deleted', '_revisions', '_attachments'])
/** What a store adds on reading and a client may send back; it is made anew each time. */
const derived = new Set(['_conflicts', '_deleted_conflicts', '_revs_info', '_local_seq'])

/** Whether a text can be a revision: a generation from 1 on and an id. */
export const isRevision = (rev: string): boolean => revision.test(rev)

/** Takes a document apart; a failure says in words which part is malformed. */
export function readIncoming(document: IncomingDocument): Result<Incoming, string> {
  const { _id: id, _rev: rev, _revisions: revisions } = document
  if (typeof id !== 'string' || id === '') return failed('_id must be a text that is not empty')
  if (id.startsWith('_')) return failed('_id must not start with an underscore')
  if (rev !== undefined && !(typeof rev === 'string' && isRevision(rev)))
    return failed('_rev must be a revision such as 1-a0b1')
  if (revisions !== undefined && !isAncestry(revisions)) return failed('_revisions must hold start and ids')
  const body: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(document)) {
    if (!field.startsWith('_')) body[field] = value
    else if (!known.has(field) && !derived.has(field)) return failed(`field ${field.slice(0, 64)} is reserved`)
  }
  const attachments = readAttachments(document['_attachments'])
  if (!attachments) return failed('_attachments must hold objects with data (base 64) or stub')
  return success({ id, rev, revisions, deleted: document._deleted === true, attachments, body })
}

/** The ancestry that a replicated document states, which may be its revision alone. */
export function ancestryIn(incoming: Incoming): Result<Revisions, string> {
  const { rev, revisions } = incoming
  if (!revisions) {
    if (rev === undefined) return failed('_rev or _revisions is missing')
    return success({ start: generationOf(rev), ids: [hashOf(rev)] })
  }
  if (rev !== undefined && rev !== newestOf(revisions)) return failed('_rev is not the newest of _revisions')
  return success(revisions)
}

function isAncestry(revisions: Revisions): boolean {
  const { start, ids } = revisions as { start: unknown; ids: unknown }
  if (!Number.isSafeInteger(start) || !Array.isArray(ids)) return false
  if (ids.length === 0 || ids.length > (start as number)) return false
  return ids.every((id) => typeof id === 'string' && isRevision(`1-${id}`))
}

function readAttachments(value: unknown): Record<string, IncomingAttachment> | undefined {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null) return undefined
  const attachments = value as Record<string, IncomingAttachment>
  for (const [name, attachment] of Object.entries(attachments)) {
    if (name === '' || name.startsWith('_') || typeof attachment !== 'object' || attachment === null) return undefined
    if (attachment.stub !== true && typeof attachment.data !== 'string') return undefined
  }
  return attachments
}
