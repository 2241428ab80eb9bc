import { BrowserWindow } from 'electron'
import type { WindowAddress } from '../../../shared/ipc/contract.ts'
import { appUrl } from '../services/app-protocol.ts'
import type { WindowPlaces } from './places.ts'

/** Every window of the app, by kind and key (its path). */
export class Windows {
  readonly #open = new Map<string, BrowserWindow>()
  readonly #preload: string
  readonly #places: WindowPlaces
  readonly #prepare: (window: BrowserWindow) => void

  /** @param prepare Called with each new window before its page loads. */
  constructor(preload: string, places: WindowPlaces, prepare: (window: BrowserWindow) => void) {
    this.#preload = preload
    this.#places = places
    this.#prepare = prepare
  }

  /** Opens the window of this address, or brings it to the front. */
  open(address: WindowAddress): void {
    const key = `${address.kind} ${address.path}`
    const known = this.#open.get(key)
    if (known) return bringToFront(known)
    const window = this.#create(address)
    this.#open.set(key, window)
    window.once('closed', () => this.#open.delete(key))
    void window.loadURL(appUrl(address.path))
  }

  /** Brings the window in use to the front; opens one at `path` where there is none. */
  wake(path = '/'): void {
    const window = this.focused()
    if (window) bringToFront(window)
    else this.open({ kind: 'council', path })
  }

  /** The window in use, else any. */
  focused(): BrowserWindow | undefined {
    return BrowserWindow.getFocusedWindow() ?? this.#open.values().next().value
  }

  /** Every window that is open. */
  get all(): BrowserWindow[] {
    return [...this.#open.values()]
  }

  /** Loads every page anew, such as under another content security policy. */
  reload(): void {
    for (const { webContents } of this.all) webContents.reload()
  }

  #create(address: WindowAddress): BrowserWindow {
    const window = new BrowserWindow({
      ...this.#places.optionsFor(address.kind, this.#open.size === 0),
      show: false,
      webPreferences: {
        preload: this.#preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    })
    window.once('ready-to-show', () => window.show())
    this.#places.follow(window, address.kind)
    this.#prepare(window)
    return window
  }
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
