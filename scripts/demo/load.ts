import { createHash } from 'node:crypto'
import type { OparlFile } from '../../shared/oparl/index.ts'
import type { BlobStore } from '../../shared/ports/blob-store.ts'
import type { DocumentStore, IncomingDocument } from '../../shared/ports/document-store.ts'
import { printPdf } from './pdf/index.ts'
import { berlinInstant } from './town/calendar.ts'
import type { Print } from './town/prints.ts'
import type { DemoTown } from './town/town.ts'

export interface Stores {
  readonly documents: DocumentStore
  readonly blobs: BlobStore
}

export interface LoadProgress {
  readonly what: 'files' | 'documents'
  readonly done: number
  readonly of: number
}

const batchSize = 500
const mimeType = 'application/pdf'

/**
 * Writes a demo town into the working state (`office`) and its PDFs into the blob store, files first, so that no
 * document names bytes that are not there. What an interrupted load left behind is removed before.
 */
export async function loadDemo(
  town: DemoTown,
  { documents, blobs }: Stores,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<void> {
  await documents.remove('office')
  const files: OparlFile[] = []
  for (const print of town.prints) {
    files.push(await storePrint(print, blobs))
    onProgress({ what: 'files', done: files.length, of: town.prints.length })
  }
  const office = await documents.open('office')
  const records = [...files, ...town.records]
  for (let start = 0; start < records.length; start += batchSize) {
    const batch = records.slice(start, start + batchSize)
    const refused = (await office.write(batch as unknown as IncomingDocument[])).find((outcome) => !outcome.ok)
    if (refused && !refused.ok) throw new Error(`The demo town could not write ${refused.id}: ${refused.reason}`)
    onProgress({ what: 'documents', done: start + batch.length, of: records.length })
  }
}

async function storePrint(print: Print, blobs: BlobStore): Promise<OparlFile> {
  const { bytes, pages } = await printPdf(print)
  const sha512 = createHash('sha512').update(bytes).digest('hex')
  await blobs.put(sha512, once(bytes))
  const { id, term, name, fileName, day } = print
  const moment = berlinInstant(day, 8)
  return {
    _id: id,
    type: 'file',
    schema: 1,
    created: moment,
    modified: moment,
    term,
    name,
    fileName,
    mimeType,
    size: bytes.length,
    sha512,
    date: day,
    pages,
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
