import { createHash } from 'node:crypto'
import type { MinutesPdfRequest } from '../../../shared/hub-api/documents.ts'
import type { ApiFailure } from '../../../shared/hub-api/contract.ts'
import { file as fileRecord } from '../../../shared/oparl/file.ts'
import type { OparlFile } from '../../../shared/oparl/index.ts'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import { success, type Result } from '../../../shared/result.ts'
import { fileNameOf } from '../file-name.ts'
import { refuse } from './acts/act.ts'
import type { PrintJob } from './acts/publishing.ts'

/** Sets minutes as PDF, or names the letters that no font has. */
export type SetMinutes = (
  request: MinutesPdfRequest,
) => Promise<Result<Uint8Array, { readonly letters: readonly string[] }>>

/** Makes the files of a publication and keeps their bytes; their records name them once they are written. */
export async function print(
  jobs: readonly PrintJob[],
  { day, at, term }: { readonly day: string; readonly at: string; readonly term: string },
  { set, blobs }: { readonly set: SetMinutes; readonly blobs: BlobStore },
): Promise<Result<readonly OparlFile[], ApiFailure>> {
  const files: OparlFile[] = []
  for (const { key, name, document, archived } of jobs) {
    const pdf = await set({ document, archived, day, made: at })
    if (!pdf.ok) {
      const faults = pdf.failure.letters.map((letter) => ({ field: 'document', message: `no font has ${letter}` }))
      return refuse('bad-request', 'Some letters cannot be printed.', faults)
    }
    const sha512 = createHash('sha512').update(pdf.value).digest('hex')
    if (!(await blobs.claim(sha512))) await blobs.put(sha512, chunksOf(pdf.value))
    files.push({
      ...{ _id: `file:${key}`, type: 'file', schema: fileRecord.version, created: at, modified: at, term, name },
      ...{ fileName: fileNameOf(name, 'pdf'), mimeType: 'application/pdf', size: pdf.value.length },
      ...{ sha512, date: day },
    })
  }
  return success(files)
}

/** The store takes what comes in pieces. */
async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
