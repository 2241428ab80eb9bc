import { m } from '../../../shared/i18n/index.ts'
import {
  isPreset,
  PdfOpenError,
  PdfSession,
  type OpenFault,
  type OutlineEntry,
  type ReadingPlace,
  type SearchState,
  type Zoom,
} from './pdf-session.ts'

export type ReaderPhase =
  { readonly kind: 'opening' } | { readonly kind: 'open' } | { readonly kind: 'failed'; readonly fault: OpenFault }

/** What keeps a document from being shown, in a sentence. */
export const faultWords = { password: m.reader_fault_password, damaged: m.reader_fault_damaged } as const

const noSearch: SearchState = { query: '', current: 0, total: 0, searching: false }

/** What the reader shows of one document, and the verbs of its toolbar and keys. */
export class Reader {
  phase = $state.raw<ReaderPhase>({ kind: 'opening' })
  page = $state(1)
  pages = $state(0)
  /** 1 is the printed size. */
  scale = $state(1)
  preset = $state<string | undefined>()
  search = $state.raw<SearchState>(noSearch)
  outline = $state.raw<readonly OutlineEntry[]>([])
  #session: PdfSession | undefined
  #closed = false

  /** Shows the bytes in the container; a reader opens one document in its life. */
  async open(
    bytes: ArrayBuffer,
    container: HTMLDivElement,
    language: Parameters<typeof PdfSession.open>[2],
    start?: ReadingPlace,
  ): Promise<void> {
    try {
      const events = {
        onpage: (page: number) => (this.page = page),
        onzoom: (scale: number, preset: string | undefined) => {
          this.scale = scale
          this.preset = preset
        },
        onsearch: (state: SearchState) => (this.search = state),
      }
      const session = await PdfSession.open(bytes, container, language, events, start)
      if (this.#closed) return await session.close()
      this.#session = session
      this.pages = session.pages
      this.page = session.page
      this.phase = { kind: 'open' }
      this.outline = await session.outline()
    } catch (error) {
      if (!(error instanceof PdfOpenError)) throw error
      this.phase = { kind: 'failed', fault: error.fault }
    }
  }

  goToPage(page: number): void {
    this.#session?.goToPage(page)
  }
  goTo(entry: OutlineEntry): void {
    this.#session?.goTo(entry)
  }
  zoomTo(zoom: Zoom): void {
    this.#session?.zoomTo(zoom)
  }
  zoomBy(steps: number): void {
    this.#session?.zoomBy(steps)
  }
  find(query: string, step: 'new' | 'next' | 'previous' = 'new'): void {
    if (query === '') this.search = noSearch
    this.#session?.search(query, step)
  }

  /** The entry of the outline under which the page shown lies. */
  get currentEntry(): OutlineEntry | undefined {
    const flat = (entries: readonly OutlineEntry[]): OutlineEntry[] =>
      entries.flatMap((entry) => [entry, ...flat(entry.children)])
    return flat(this.outline).findLast(({ page }) => page !== undefined && page <= this.page)
  }

  /** Where the person reads now. */
  get place(): ReadingPlace {
    return { page: this.page, zoom: isPreset(this.preset) ? this.preset : this.scale }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#session?.close()
  }

  /**
   * The reader's keys: pages by Page Up/Down with Ctrl, n and p, Home and End; zoom by plus, minus, 0.
   * @returns whether the key was the reader's
   */
  press(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
    const verb = this.#verbOf(event.key, event.ctrlKey || event.metaKey)
    verb?.()
    return verb !== undefined
  }

  #verbOf(key: string, control: boolean): (() => void) | undefined {
    const verbs: Record<string, () => void> = {
      n: () => this.goToPage(this.page + 1),
      p: () => this.goToPage(this.page - 1),
      Home: () => this.goToPage(1),
      End: () => this.goToPage(this.pages),
    }
    const controlVerbs: Record<string, () => void> = {
      PageDown: () => this.goToPage(this.page + 1),
      PageUp: () => this.goToPage(this.page - 1),
      '+': () => this.zoomBy(1),
      '=': () => this.zoomBy(1),
      '-': () => this.zoomBy(-1),
      '0': () => this.zoomTo('page-width'),
    }
    return (control ? controlVerbs : verbs)[key]
  }
}
