import { failed, success, type Result } from '../../../../shared/result.ts'
import type { PdfPage, PdfPages } from '../../../ui/pdf/pdf-pages.ts'

/** Bytes and pages of a PDF that is brought to a board: it lies in memory as a whole while its pages are chosen. */
export const largestPdf = 100_000_000
export const mostPdfPages = 1000

/** `locked`: it needs a password; `damaged`: it is, or is no PDF; `long`: it has more than `mostPdfPages`. */
export type PdfFault = 'too-large' | 'locked' | 'damaged' | 'long'

/** A PDF from a file. */
export interface PdfFile {
  readonly pages: PdfPages
  /** Its pages in their order; undefined for one that is damaged. */
  readonly sheets: readonly (PdfPage | undefined)[]
}

export const isPdf = ({ name, type }: File): boolean => type === 'application/pdf' || /\.pdf$/i.test(name)

/**
 * Opens a file; whoever asks closes its pages.
 * @param password of one that is locked
 */
export async function openPdfFile(file: Blob, password?: string): Promise<Result<PdfFile, PdfFault>> {
  if (file.size > largestPdf) return failed('too-large')
  // Most boards never get a PDF: what draws it is fetched with the first one.
  const [{ PdfPages, PdfOpenError }, bytes] = await Promise.all([
    import('../../../ui/pdf/pdf-pages.ts'),
    file.arrayBuffer(),
  ])
  try {
    const pages = await PdfPages.open(bytes, password)
    if (pages.count > mostPdfPages) {
      await pages.close()
      return failed('long')
    }
    const numbers = Array.from({ length: pages.count }, (_, place) => place + 1)
    const sheets = await Promise.all(numbers.map((number) => pages.page(number).catch(() => undefined)))
    return success({ pages, sheets })
  } catch (error) {
    if (!(error instanceof PdfOpenError)) throw error
    return failed(error.fault === 'password' ? 'locked' : 'damaged')
  }
}
