import { m } from '../../../../shared/i18n/index.ts'
import type { OparlFile } from '../../../../shared/oparl/index.ts'
import type { Data, FileFailure } from '../../../data/contract.ts'
import type { PdfPage, PdfPages } from '../../../ui/pdf/pdf-pages.ts'

/** A PDF that is open, or why it is not, in a sentence. */
export type OpenedPaper = { readonly pages: PdfPages; readonly bytes: Blob } | { readonly fault: string }

const faults: Readonly<Record<FileFailure | 'password' | 'damaged', () => string>> = {
  offline: m.reader_failed_offline,
  'not-found': m.reader_failed_not_found,
  'no-space': m.reader_failed_no_space,
  'too-large': m.reader_failed_other,
  'unsupported-type': m.reader_failed_other,
  failed: m.reader_failed_other,
  password: m.reader_fault_password,
  damaged: m.reader_fault_damaged,
}

/** Fetches a file from this device or the hub, and opens it. */
export async function openPaper(data: Pick<Data, 'openFile'>, file: OparlFile): Promise<OpenedPaper> {
  const fetched = await data.openFile(file)
  return fetched.ok ? openPdf(fetched.value) : { fault: faults[fetched.failure]() }
}

/** Opens the bytes of a PDF. */
export async function openPdf(bytes: Blob): Promise<OpenedPaper> {
  // Most boards lie over nothing: what draws PDFs is fetched when one does.
  const { PdfPages, PdfOpenError } = await import('../../../ui/pdf/pdf-pages.ts')
  try {
    return { pages: await PdfPages.open(await bytes.arrayBuffer()), bytes }
  } catch (error) {
    if (!(error instanceof PdfOpenError)) throw error
    return { fault: faults[error.fault]() }
  }
}

/** A page, from 1; undefined where the file is damaged. */
export const sheetOf = (pages: PdfPages, number: number): Promise<PdfPage | undefined> =>
  pages.page(number).catch(() => undefined)
