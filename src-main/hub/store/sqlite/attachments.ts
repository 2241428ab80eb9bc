import { createHash } from 'node:crypto'
import type { AttachmentStub } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { IncomingAttachment } from '../incoming.ts'
import type { AudienceFile } from './audience-file.ts'

export type Attachments = Readonly<Record<string, AttachmentStub>>

/** Attachments of a revision to be stored, and the bytes that came with them. */
export interface SettledAttachments {
  readonly stubs: Attachments
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

/**
 * Turns incoming attachments into stubs with digest, length and generation. A stub is resolved among `held`, what the
 * revisions of this very document have: by name, and by digest where the incoming one says it.
 */
export function settleAttachments(
  incoming: Readonly<Record<string, IncomingAttachment>>,
  held: readonly Attachments[],
  generation: number,
): Result<SettledAttachments, string> {
  const stubs: Record<string, AttachmentStub> = {}
  const bytes = new Map<string, Uint8Array>()
  for (const [name, attachment] of Object.entries(incoming)) {
    if (attachment.data === undefined) {
      const known = findHeld(name, attachment.digest, held)
      if (!known) return failed(`attachment ${name.slice(0, 64)} is a stub of bytes that the document does not have`)
      stubs[name] = known
      continue
    }
    const data = Buffer.from(attachment.data, 'base64')
    const digest = `md5-${createHash('md5').update(data).digest('base64')}`
    bytes.set(digest, data)
    stubs[name] = {
      content_type: attachment.content_type ?? 'application/octet-stream',
      revpos: attachment.revpos ?? generation,
      digest,
      length: data.length,
      stub: true,
    }
  }
  return success({ stubs, bytes })
}

function findHeld(name: string, digest: string | undefined, held: readonly Attachments[]): AttachmentStub | undefined {
  for (const attachments of held) {
    const stub = attachments[name]
    if (stub && (digest === undefined || stub.digest === digest)) return stub
  }
  return undefined
}

/** Keeps the bytes of a document's attachments, each once. */
export function keepBytes(file: AudienceFile, document: number, bytes: ReadonlyMap<string, Uint8Array>): void {
  for (const [digest, data] of bytes)
    file.run('INSERT OR IGNORE INTO attachment (document, digest, bytes) VALUES (?, ?, ?)', document, digest, data)
}

/** Removes bytes that no revision of the document names any more; says how many. */
export function dropUnnamedBytes(file: AudienceFile, document: number): number {
  return file.run(
    `DELETE FROM attachment WHERE document = ?1 AND digest NOT IN (
       SELECT json_extract(stub.value, '$.digest')
       FROM revision, json_each(revision.body, '$._attachments') AS stub WHERE revision.document = ?1)`,
    document,
  )
}

export function readBytes(file: AudienceFile, document: number, digest: string): Uint8Array | undefined {
  return file.row<{ bytes: Uint8Array }>(
    'SELECT bytes FROM attachment WHERE document = ? AND digest = ?',
    document,
    digest,
  )?.bytes
}
