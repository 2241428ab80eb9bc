import { m } from '../../../../shared/i18n/index.ts'
import { largestPdf, mostPdfPages, type PdfFault } from './pdf-file.ts'
import type { PdfOutcome } from './pdf-import.svelte.ts'

/** Why a PDF, or a page of it, cannot be brought to the board, and what to do. */
export function faultInWords(fault: PdfFault | 'page' | undefined): string {
  switch (fault) {
    case 'too-large':
      return m.boards_pdf_too_large({ megabytes: largestPdf / 1_000_000 })
    case 'long':
      return m.boards_pdf_long({ most: mostPdfPages })
    case 'page':
      return m.boards_pdf_page_failed()
    default:
      return m.boards_pdf_damaged()
  }
}

/** What became of the pages that were asked for. */
export function outcomeInWords({ made, asked, unsharp, isCalledOff }: PdfOutcome): string {
  if (made < asked)
    return isCalledOff ? m.boards_pdf_called_off({ made, asked }) : m.boards_pdf_brought_some({ made, asked })
  const text = m.boards_pdf_brought({ count: made })
  return unsharp > 0 ? `${text} ${m.boards_pdf_unsharp({ count: unsharp })}` : text
}
