import { getDocument, GlobalWorkerOptions, PasswordException, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = workerUrl

/** Where the build puts pdf.js's character maps, fonts, decoders and colour profiles; scans stay blank without them. */
const assets = (folder: string): string => new URL(`pdfjs/${folder}/`, document.baseURI).href

/** A 4K window at double density needs more than pdf.js's default; beyond it only the visible part is drawn sharp. */
export const maxCanvasPixels = 3840 * 2160 * 4

export type OpenFault = 'password' | 'damaged'

export class PdfOpenError extends Error {
  readonly fault: OpenFault

  constructor(fault: OpenFault, cause: unknown) {
    super(`the PDF cannot be opened: ${fault}`, { cause })
    this.name = 'PdfOpenError'
    this.fault = fault
  }
}

/**
 * Opens the bytes of a PDF; they belong to it afterwards.
 * @param password of a PDF that is locked by one
 * @throws PdfOpenError when the bytes are no readable PDF, or need another password
 */
export async function loadPdf(bytes: ArrayBuffer, password?: string): Promise<PDFDocumentProxy> {
  try {
    return await getDocument({
      data: bytes,
      ...(password === undefined ? {} : { password }),
      cMapUrl: assets('cmaps'),
      standardFontDataUrl: assets('standard_fonts'),
      wasmUrl: assets('wasm'),
      iccUrl: assets('iccs'),
      enableXfa: false,
      // Pages are looked at when they are shown: 300 at once would take seconds, and most are never opened.
      disableAutoFetch: true,
    }).promise
  } catch (error) {
    throw new PdfOpenError(error instanceof PasswordException ? 'password' : 'damaged', error)
  }
}
