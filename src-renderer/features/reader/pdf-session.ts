import { AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist'
import viewerStyles from 'pdfjs-dist/web/pdf_viewer.css?inline'
import { EventBus, FindState, PDFFindController, PDFLinkService, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs'
import { loadPdf, maxCanvasPixels, PdfOpenError, type OpenFault } from '../../ui/pdf/pdf-document.ts'

export { PdfOpenError, type OpenFault }

/**
 * pdf.js's stylesheet speaks for whole pages (`.dialog`, `.hidden`, `:root`); here it holds inside the element of the
 * class `pdf` alone.
 */
export function adoptViewerStyles(): void {
  if (adopted) return
  adopted = new CSSStyleSheet()
  adopted.replaceSync(`@scope (.pdf) { ${viewerStyles.replaceAll(':root', ':scope')} ${ownStyles} }`)
  document.adoptedStyleSheets.push(adopted)
}
let adopted: CSSStyleSheet | undefined

/** pdf.js measures pages without their borders: by the app's own box model texts would lie beside their picture. */
const ownStyles = '.page { box-sizing: content-box }'

export type Zoom = 'page-width' | 'page-fit' | number

export const isPreset = (zoom: string | undefined): zoom is 'page-width' | 'page-fit' =>
  zoom === 'page-width' || zoom === 'page-fit'

/** One entry of the document's own table of contents. */
export interface OutlineEntry {
  readonly title: string
  readonly destination: string | unknown[] | null
  /** 1-based; undefined for an entry that leads nowhere in this document. */
  readonly page: number | undefined
  readonly children: readonly OutlineEntry[]
}

export interface SearchState {
  readonly query: string
  /** 1-based; 0 when nothing is selected. */
  readonly current: number
  readonly total: number
  readonly searching: boolean
}

/** Where somebody reads: a page, 1-based, at a zoom. */
export interface ReadingPlace {
  readonly page: number
  readonly zoom: Zoom
}

export interface PdfEvents {
  onpage(page: number): void
  onzoom(scale: number, preset: string | undefined): void
  onsearch(state: SearchState): void
}

type Translator = NonNullable<ConstructorParameters<typeof PDFViewer>[0]['l10n']>

/** Names pages for screen readers in the language of the app; pdf.js's own texts would be English. */
class PageNames {
  readonly #language: string
  readonly #pageName: (page: number) => string

  constructor(language: string, pageName: (page: number) => string) {
    this.#language = language
    this.#pageName = pageName
  }
  getLanguage(): string {
    return this.#language
  }
  getDirection(): string {
    return 'ltr'
  }
  async get(_ids: unknown, _args?: unknown, fallback?: string): Promise<string> {
    return fallback ?? ''
  }
  async translate(root: Element): Promise<void> {
    for (const page of root.querySelectorAll('[data-l10n-id="pdfjs-page-landmark"]')) {
      const { page: number } = JSON.parse(page.getAttribute('data-l10n-args') ?? '{}') as { page?: number }
      if (number) page.setAttribute('aria-label', this.#pageName(number))
    }
  }
  async translateOnce(root: Element): Promise<void> {
    await this.translate(root)
  }
  async destroy(): Promise<void> {}
  pause(): void {}
  resume(): void {}
}

/** A PDF on screen: pdf.js's viewer, find controller and link service behind the verbs that the reader needs. */
export class PdfSession {
  readonly #document: PDFDocumentProxy
  readonly #viewer: PDFViewer
  readonly #links: PDFLinkService
  readonly #bus: EventBus
  readonly #ended: AbortController
  #query = ''

  private constructor(
    document: PDFDocumentProxy,
    viewer: PDFViewer,
    links: PDFLinkService,
    bus: EventBus,
    ended: AbortController,
  ) {
    this.#document = document
    this.#viewer = viewer
    this.#links = links
    this.#bus = bus
    this.#ended = ended
  }

  /**
   * Shows a document in a container that scrolls; the container is positioned absolutely and holds one empty element.
   * @throws PdfOpenError when the bytes are no readable PDF
   */
  static async open(
    bytes: ArrayBuffer,
    container: HTMLDivElement,
    language: { readonly code: string; readonly pageName: (page: number) => string },
    events: PdfEvents,
    start: ReadingPlace = { page: 1, zoom: 'page-width' },
  ): Promise<PdfSession> {
    adoptViewerStyles()
    const document = await loadPdf(bytes)
    const bus = new EventBus()
    const links = new PDFLinkService({ eventBus: bus, externalLinkTarget: 2, externalLinkRel: 'noopener noreferrer' })
    const find = new PDFFindController({ linkService: links, eventBus: bus })
    const names = new PageNames(language.code, language.pageName)
    const ended = new AbortController()
    // pdf.js's declarations lack `abortSignal`, which ends the viewer's listeners on the window.
    const lifetime: object = { abortSignal: ended.signal }
    const viewer = new PDFViewer({
      ...lifetime,
      container,
      eventBus: bus,
      linkService: links,
      findController: find,
      annotationMode: AnnotationMode.ENABLE,
      maxCanvasPixels,
      l10n: names as unknown as Translator,
    })
    links.setViewer(viewer)
    const session = new PdfSession(document, viewer, links, bus, ended)
    session.#fitTo(container)
    session.#listen(events, start, () => void names.translate(container))
    viewer.setDocument(document)
    links.setDocument(document)
    await viewer.firstPagePromise
    return session
  }

  #listen(events: PdfEvents, start: ReadingPlace, namePages: () => void): void {
    this.#bus.on('pagesinit', () => {
      this.zoomTo(start.zoom)
      this.goToPage(start.page)
      namePages()
    })
    this.#bus.on('pagesloaded', namePages)
    this.#bus.on('pagechanging', ({ pageNumber }: { pageNumber: number }) => events.onpage(pageNumber))
    this.#bus.on('scalechanging', ({ scale, presetValue }: { scale: number; presetValue?: string }) =>
      events.onzoom(scale, presetValue),
    )
    const report = (counts: { current: number; total: number } | undefined, state?: number): void =>
      events.onsearch({
        query: this.#query,
        current: counts?.current ?? 0,
        total: counts?.total ?? 0,
        searching: state === FindState.PENDING,
      })
    this.#bus.on('updatefindmatchescount', (event: { matchesCount: { current: number; total: number } }) =>
      report(event.matchesCount),
    )
    this.#bus.on(
      'updatefindcontrolstate',
      (event: { matchesCount: { current: number; total: number }; state: number }) =>
        report(event.matchesCount, event.state),
    )
  }

  /** A zoom that follows the width or height goes on following it, with the same page in sight. */
  #fitTo(container: Element): void {
    const resized = new ResizeObserver(() => {
      const { currentPageNumber, currentScaleValue } = this.#viewer
      if (!isPreset(currentScaleValue)) return
      this.#viewer.currentScaleValue = currentScaleValue
      this.#viewer.currentPageNumber = currentPageNumber
    })
    resized.observe(container)
    this.#ended.signal.addEventListener('abort', () => resized.disconnect())
  }

  get pages(): number {
    return this.#document.numPages
  }

  /** The page shown, 1-based. */
  get page(): number {
    return this.#viewer.currentPageNumber
  }

  /** The document's own table of contents; empty when it has none. */
  async outline(): Promise<OutlineEntry[]> {
    type Raw = { title: string; dest: string | unknown[] | null; items: Raw[] }
    const entries = (items: Raw[]): Promise<OutlineEntry[]> =>
      Promise.all(
        items.map(async ({ title, dest, items: below }) => ({
          title,
          destination: dest,
          page: await this.#pageOf(dest),
          children: await entries(below),
        })),
      )
    return entries((await this.#document.getOutline()) ?? [])
  }

  async #pageOf(destination: string | unknown[] | null): Promise<number | undefined> {
    const explicit = typeof destination === 'string' ? await this.#document.getDestination(destination) : destination
    const target: unknown = explicit?.[0]
    if (typeof target === 'number') return target + 1
    if (typeof target !== 'object' || target === null) return undefined
    // A damaged outline names pages that do not exist; such an entry leads nowhere.
    return this.#document.getPageIndex(target as { num: number; gen: number }).then(
      (index) => index + 1,
      () => undefined,
    )
  }

  goToPage(page: number): void {
    this.#viewer.currentPageNumber = Math.min(Math.max(1, Math.trunc(page)), this.pages)
  }

  goTo(entry: OutlineEntry): void {
    if (entry.destination !== null) void this.#links.goToDestination(entry.destination as string)
  }

  /** @param zoom a preset, or a factor where 1 is the printed size */
  zoomTo(zoom: Zoom): void {
    this.#viewer.currentScaleValue = String(zoom)
  }

  zoomBy(steps: number): void {
    this.#viewer.updateScale({ steps })
  }

  /** Marks all matches of a text and selects one; an empty text ends the search. */
  search(query: string, step: 'new' | 'next' | 'previous'): void {
    this.#query = query
    this.#bus.dispatch('find', {
      source: this,
      type: step === 'new' ? '' : 'again',
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: step === 'previous',
      matchDiacritics: false,
    })
  }

  async close(): Promise<void> {
    this.#ended.abort()
    // What is being drawn or searched ends before the document does; the declarations lack the null.
    this.#viewer.setDocument(null)
    this.#links.setDocument(null)
    await this.#document.loadingTask.destroy()
  }
}
