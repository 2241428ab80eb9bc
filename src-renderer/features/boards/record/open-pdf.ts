import type { PdfPages } from '../../../ui/pdf/pdf-pages.ts'

/** Opens a PDF; whoever asks closes it. What reads PDFs is fetched when somebody needs it. */
export async function openPdf(bytes: Blob): Promise<PdfPages> {
  const { PdfPages } = await import('../../../ui/pdf/pdf-pages.ts')
  return PdfPages.open(await bytes.arrayBuffer())
}
