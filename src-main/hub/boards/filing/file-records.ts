import type { BoardFiling, FileToAdd } from '../../../../shared/hub-api/board-files.ts'
import { file as fileRecord } from '../../../../shared/oparl/file.ts'
import type { OparlFile } from '../../../../shared/oparl/index.ts'
import type { BlobStore } from '../../../../shared/ports/blob-store.ts'
import { fileNameOf } from '../../file-name.ts'

/** When it happens: the instant (RFC 3339) and the town's day (`yyyy-mm-dd`). */
export interface Stamp {
  readonly at: string
  readonly day: string
}

/** What every file of one filing says. */
interface Shared {
  readonly term: string
  readonly authors: readonly string[]
}

const formats = {
  pdf: { mimeType: 'application/pdf', head: '%PDF-' },
  svg: { mimeType: 'image/svg+xml', head: '<svg ' },
} as const

/** The records of files whose bytes are here and are what they are said to be; else why there are none. */
export async function filesOf(
  { files, at, day }: BoardFiling & Stamp,
  { term, authors }: Shared,
  blobs: BlobStore,
): Promise<OparlFile[] | 'wrong-digest' | 'unsupported-type'> {
  const records: OparlFile[] = []
  for (const { id, name, format, sha512, pages } of files) {
    const stored = await blobs.claim(sha512)
    if (!stored) return 'wrong-digest'
    const { mimeType, head } = formats[format]
    if ((await headOf(blobs, sha512, stored.size, head.length)) !== head) return 'unsupported-type'
    records.push({
      ...{ _id: id, type: 'file', schema: fileRecord.version, created: at, modified: at, term, name, mimeType },
      ...{ fileName: fileNameOf(name, format), size: stored.size, sha512, date: day },
      ...(pages === undefined ? {} : { pages }),
      ...(authors.length === 0 ? {} : { authors: [...authors] }),
    })
  }
  return records
}

async function headOf(blobs: BlobStore, sha512: FileToAdd['sha512'], size: number, length: number): Promise<string> {
  if (size < length) return ''
  const parts: Uint8Array[] = []
  for await (const part of (await blobs.read(sha512, { start: 0, end: length - 1 })) ?? []) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}
