import { BrowserWindow, screen, type Display } from 'electron'
import type { DisplaysView, ScreenWish } from '../../../shared/ipc/contract.ts'
import { appPageUrl } from '../services/app-protocol.ts'
import type { Log } from '../services/log.ts'

export interface SecondDisplayNeeds {
  readonly log: Log
  /** The window that asks: what stands where it stands is no second display. */
  readonly asking: () => BrowserWindow | undefined
  readonly onChange: (view: DisplaysView) => void
}

/**
 * A page of the app that fills another display: a projector beside a board. It has no preload, so that it reaches
 * neither the shell nor any secret, and shows what is public alone. Nobody can focus or close it from its display.
 */
export class SecondDisplay {
  readonly #needs: SecondDisplayNeeds
  /** What is to be shown; it stays while its display is unplugged. */
  #wish: (ScreenWish & { readonly label: string }) | undefined
  #window: BrowserWindow | undefined

  constructor(needs: SecondDisplayNeeds) {
    this.#needs = needs
  }

  get view(): DisplaysView {
    const others = this.#others.map(({ id, label, size }) => ({ id, name: label, ...size }))
    const shown = this.#wish && { address: this.#wish.address, isThere: this.#window !== undefined }
    return { others, shown: shown ?? null }
  }

  /** Follows displays that are plugged in and out until the returned end. */
  start(): () => void {
    const added = (_event: unknown, display: Display): void => this.#added(display)
    const removed = (_event: unknown, display: Display): void => this.#removed(display)
    const changed = (_event: unknown, { id, bounds }: Display): void => {
      if (id === this.#wish?.display) this.#window?.setBounds(bounds)
      this.#tell()
    }
    screen.on('display-added', added).on('display-removed', removed).on('display-metrics-changed', changed)
    return () => {
      screen.off('display-added', added).off('display-removed', removed).off('display-metrics-changed', changed)
      this.hide()
    }
  }

  /** Shows a page on a display; false when there is no such display any more. */
  show(wish: ScreenWish): boolean {
    const display = this.#others.find(({ id }) => id === wish.display)
    if (!display) return false
    this.#wish = { ...wish, label: display.label }
    this.#open(display)
    return true
  }

  hide(): void {
    this.#wish = undefined
    this.#close()
    this.#tell()
  }

  get #others(): Display[] {
    const asking = this.#needs.asking()
    const own = asking ? screen.getDisplayMatching(asking.getBounds()) : screen.getPrimaryDisplay()
    return screen.getAllDisplays().filter(({ id }) => id !== own.id)
  }

  /** The system may give the same display another number. */
  #added(display: Display): void {
    const wish = this.#wish
    const isOurs = wish && (display.id === wish.display || (display.label !== '' && display.label === wish.label))
    if (isOurs && !this.#window) {
      this.#wish = { ...wish, display: display.id }
      this.#open(display)
    } else this.#tell()
  }

  /** The system would move the window to the display that is left, over the board. */
  #removed({ id }: Display): void {
    if (id === this.#wish?.display) this.#close()
    this.#tell()
  }

  #open({ bounds }: Display): void {
    this.#close()
    const window = new BrowserWindow({
      ...bounds,
      ...{ fullscreen: true, frame: false, focusable: false, skipTaskbar: true, show: false },
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
    })
    this.#window = window
    window.once('ready-to-show', () => window.showInactive())
    window.once('closed', () => {
      if (this.#window !== window) return
      this.#window = undefined
      this.#tell()
    })
    this.#needs.log.info('a second display shows a meeting')
    void window.loadURL(appPageUrl(this.#wish?.address ?? ''))
    this.#tell()
  }

  #close(): void {
    const window = this.#window
    this.#window = undefined
    if (window && !window.isDestroyed()) window.destroy()
  }

  #tell(): void {
    this.#needs.onChange(this.view)
  }
}
