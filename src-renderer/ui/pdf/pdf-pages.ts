import { AnnotationEditorType, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist'
import { loadPdf, PdfOpenError } from './pdf-document.ts'

export { PdfOpenError }

/** CSS pixels in a point. */
const perPoint = 96 / 72

/** A part of a page in CSS pixels at its printed size, from its top left. */
export interface PagePart {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A picture that is being drawn; `picture` never settles once it was cancelled. */
export interface Drawing {
  readonly picture: Promise<HTMLCanvasElement>
  cancel(): void
}

/** A PDF of which pages are drawn without a viewer. */
export class PdfPages {
  readonly #document: PDFDocumentProxy

  private constructor(document: PDFDocumentProxy) {
    this.#document = document
  }

  /**
   * @param password of a PDF that is locked by one
   * @throws PdfOpenError when the bytes are no readable PDF, or need another password
   */
  static async open(bytes: ArrayBuffer, password?: string): Promise<PdfPages> {
    return new PdfPages(await loadPdf(bytes, password))
  }

  get count(): number {
    return this.#document.numPages
  }

  /**
   * A page, from 1.
   * @throws PdfOpenError when the file is damaged there
   */
  async page(number: number): Promise<PdfPage> {
    try {
      return new PdfPage(await this.#document.getPage(number))
    } catch (error) {
      throw new PdfOpenError('damaged', error)
    }
  }

  /**
   * The PDF with a picture over some of its pages, each as large as its page; everything else stays as it was, texts
   * as texts. The pictures are used up.
   * @param pictures by page, from 1
   */
  async withPictures(pictures: ReadonlyMap<number, ImageBitmap>): Promise<Uint8Array<ArrayBuffer>> {
    const { annotationStorage } = this.#document
    for (const [number, bitmap] of pictures) {
      const { view, rotate } = await this.#document.getPage(number)
      annotationStorage.setValue(`pdfjs_internal_editor_${number}`, {
        ...{ annotationType: AnnotationEditorType.STAMP, pageIndex: number - 1 },
        ...{ bitmapId: `page_${number}`, bitmap, rect: view, rotation: rotate },
      })
    }
    return this.#document.saveDocument()
  }

  /**
   * The PDF and another one after it: texts stay texts, and what tags there are stay.
   * @throws PdfOpenError when the two cannot be joined
   */
  async followedBy(other: Uint8Array): Promise<Uint8Array> {
    const joined = (await this.#document.extractPages([{ document: null }, { document: other }])) as Uint8Array | null
    if (!joined) throw new PdfOpenError('damaged', 'its pages cannot be taken over')
    return joined
  }

  async close(): Promise<void> {
    await this.#document.loadingTask.destroy()
  }
}

/** A page of a PDF. */
export class PdfPage {
  readonly #page: PDFPageProxy
  /** CSS pixels at its printed size. */
  readonly width: number
  readonly height: number

  constructor(page: PDFPageProxy) {
    this.#page = page
    const { width, height } = page.getViewport({ scale: perPoint })
    this.width = width
    this.height = height
  }

  /**
   * Draws a part of the page, a little at a time.
   * @param scale pixels of the picture per CSS pixel
   * @param next asked before each further step; it calls back when there is time
   */
  draw(part: PagePart, scale: number, next: (goOn: () => void) => void = (goOn) => goOn()): Drawing {
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round((part.right - part.left) * scale))
    canvas.height = Math.max(1, Math.round((part.bottom - part.top) * scale))
    const offset = { offsetX: -part.left * scale, offsetY: -part.top * scale }
    const task = this.#page.render({ canvas, viewport: this.#page.getViewport({ scale: scale * perPoint, ...offset }) })
    task.onContinue = next
    let isCancelled = false
    const picture = new Promise<HTMLCanvasElement>((resolve, reject) => {
      task.promise.then(
        () => resolve(canvas),
        (fault: unknown) => {
          if (!isCancelled) reject(new PdfOpenError('damaged', fault))
        },
      )
    })
    const cancel = (): void => {
      isCancelled = true
      task.cancel()
    }
    return { picture, cancel }
  }
}
