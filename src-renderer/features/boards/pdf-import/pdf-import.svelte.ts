import { isBeyondBoard } from '../../../../shared/board/sheets/sharpness.ts'
import { readPageList, writePageList } from '../../../../shared/board/sheets/page-list.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { openPdfFile, type PdfFault, type PdfFile } from './pdf-file.ts'
import { sheetPicture, type SheetPicture } from './sheet-picture.ts'

/** `pages`: each page becomes one of the board; `pictures`: they lie on the page that is shown; `ground`: below it. */
export type PdfUse = 'pages' | 'pictures' | 'ground'

/** Pictures that one page gets at once, at most. */
export const mostPictures = 30

/** Where pages of a PDF go. */
export interface PdfTarget {
  /** How many pages the board may still get; 0 where nobody adds pages. */
  readonly room: number
  putPictures(sheets: readonly GroundPicture[]): void
  layGround(sheet: GroundPicture): void
  /**
   * Makes a page of the board of each, and goes to the first; the number of those made, which are fewer when it failed
   * or was called off.
   */
  makePages(sheets: readonly GroundPicture[], made: (count: number) => void, signal: AbortSignal): Promise<number>
}

/** What became of it. */
export interface PdfOutcome {
  readonly made: number
  readonly asked: number
  /** How many of them have fewer pixels than a large board shows. */
  readonly unsharp: number
  readonly isCalledOff: boolean
}

/** A PDF that is being brought to a board: opened, its pages chosen, drawn and put where they belong. */
export class PdfImport {
  readonly file: File
  phase: 'opening' | 'locked' | 'failed' | 'choosing' | 'drawing' | 'storing' = $state('opening')
  fault: PdfFault | 'page' | undefined = $state()
  /** A password was given, and is another one. */
  isWrong = $state(false)
  pdf: PdfFile | undefined = $state.raw()
  use: PdfUse = $state('pages')
  /** Which pages, as in `readPageList`. */
  list = $state('')
  done = $state(0)
  readonly #target: PdfTarget
  readonly #life = new AbortController()
  #work: AbortController | undefined

  constructor(file: File, target: PdfTarget, use?: PdfUse) {
    this.file = file
    this.#target = target
    this.use = use ?? (target.room > 0 ? 'pages' : 'pictures')
  }

  /** The chosen pages, from 1; undefined where the list is none. */
  readonly chosen = $derived.by(() => (this.pdf ? readPageList(this.list, this.pdf.sheets.length) : undefined))
  /** Those of them that cannot be drawn. */
  readonly damaged = $derived(this.chosen?.filter((number) => !this.pdf?.sheets[number - 1]) ?? [])
  /** Those of them that are too large for their small print to be read on a board. */
  readonly smaller = $derived(
    this.chosen?.filter((number) => {
      const sheet = this.pdf?.sheets[number - 1]
      return sheet && isBeyondBoard(sheet)
    }) ?? [],
  )

  /** How many pages may be chosen for what they are used for. */
  get most(): number {
    return { pages: this.#target.room, pictures: mostPictures, ground: 1 }[this.use]
  }

  get mayAddPages(): boolean {
    return this.#target.room > 0
  }

  get isWorking(): boolean {
    return this.phase === 'drawing' || this.phase === 'storing'
  }

  async open(password?: string): Promise<void> {
    this.phase = 'opening'
    const outcome = await openPdfFile(this.file, password)
    if (this.#life.signal.aborted) return void (outcome.ok && outcome.value.pages.close())
    if (outcome.ok) {
      this.pdf = outcome.value
      const whole = outcome.value.sheets.flatMap((sheet, place) => (sheet ? [place + 1] : []))
      this.list = writePageList(whole.slice(0, this.most))
      this.phase = 'choosing'
      return
    }
    this.isWrong = outcome.failure === 'locked' && password !== undefined
    this.fault = outcome.failure
    this.phase = outcome.failure === 'locked' ? 'locked' : 'failed'
  }

  choose(number: number, isChosen: boolean): void {
    const rest = (this.chosen ?? []).filter((other) => other !== number)
    this.list = writePageList((isChosen ? [...rest, number] : rest).toSorted((a, b) => a - b))
  }

  /** Takes as many of the pages as there may be. */
  chooseAll(): void {
    this.list = writePageList(
      (this.pdf?.sheets ?? []).flatMap((sheet, place) => (sheet ? [place + 1] : [])).slice(0, this.most),
    )
  }

  /** Draws the chosen pages and puts them where they belong; undefined when it was called off before anything was put. */
  async bring(): Promise<PdfOutcome | undefined> {
    const { pdf, chosen, use } = this
    if (!pdf || !chosen) return undefined
    this.#work = new AbortController()
    const signal = AbortSignal.any([this.#work.signal, this.#life.signal])
    try {
      const sheets = await this.#draw(pdf, chosen, signal)
      this.phase = 'storing'
      this.done = 0
      const made = await this.#put(use, sheets, signal)
      const unsharp = sheets.slice(0, made).filter((sheet) => sheet.isUnsharp).length
      return { made, asked: chosen.length, unsharp, isCalledOff: signal.aborted }
    } catch (error) {
      if (!signal.aborted && !isPdfFault(error)) throw error
      if (!signal.aborted) this.fault = 'page'
      return undefined
    } finally {
      this.phase = 'choosing'
    }
  }

  /** Stops what is being done; what was put already stays. */
  cancel(): void {
    this.#work?.abort()
  }

  async close(): Promise<void> {
    this.#life.abort()
    await this.pdf?.pages.close()
  }

  async #draw(pdf: PdfFile, numbers: readonly number[], signal: AbortSignal): Promise<SheetPicture[]> {
    this.phase = 'drawing'
    this.done = 0
    this.fault = undefined
    const sheets: SheetPicture[] = []
    for (const number of numbers) {
      sheets.push(
        await sheetPicture(
          pdf.sheets[number - 1]!,
          m.boards_pdf_page_of({ name: this.file.name, page: number }),
          signal,
        ),
      )
      this.done = sheets.length
    }
    return sheets
  }

  async #put(use: PdfUse, pictures: readonly SheetPicture[], signal: AbortSignal): Promise<number> {
    const sheets = pictures.map(({ isUnsharp: _, ...sheet }) => sheet)
    if (use === 'pages') return this.#target.makePages(sheets, (count) => (this.done = count), signal)
    if (use === 'pictures') this.#target.putPictures(sheets)
    else this.#target.layGround(sheets[0]!)
    return sheets.length
  }
}

const isPdfFault = (error: unknown): boolean => error instanceof Error && error.name === 'PdfOpenError'
