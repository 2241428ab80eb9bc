import type { DisplaysView } from '../../../shared/ipc/contract.ts'
import type { Locale } from '../../../shared/i18n/index.ts'
import type { Host } from '../host/index.ts'
import { addressOfScreen, readScreenAddress, type ScreenAddress } from '../public-screen/index.ts'

/** What became of a wish: a window in a browser may have to be moved by hand, or is not let open at all. */
export type Shown = 'shown' | 'by-hand' | 'gone' | 'blocked'

/** The Window Management API, as far as it is used here (W3C working draft). */
interface PlacedScreen {
  readonly availLeft: number
  readonly availTop: number
  readonly availWidth: number
  readonly availHeight: number
}
interface ScreenDetails {
  readonly screens: readonly PlacedScreen[]
  readonly currentScreen: PlacedScreen
}
type ManagedWindow = Window & { getScreenDetails?: () => Promise<ScreenDetails> }

/** The display beside this one, which shows a meeting as everybody may see it. */
export class SecondDisplay {
  readonly #host: Host
  view = $state.raw<DisplaysView>({ others: [], shown: null })
  #window: Window | null = null

  constructor(host: Host) {
    this.#host = host
  }

  /** In a browser nobody knows before asking whether there is another display. */
  get isKnown(): boolean {
    return this.#host.shell !== undefined
  }

  follow(): () => void {
    const { shell } = this.#host
    if (!shell) return () => {}
    const end = shell.on('displays', (view) => (this.view = view))
    void shell.readDisplays().then((view) => (this.view = view))
    return end
  }

  /** @param more which projector it is, and what lets it show boards */
  addressOf(meeting: string, locale: Locale, more: Pick<ScreenAddress, 'projector' | 'pass'>): string {
    const origin = this.#host.hub?.origin ?? location.origin
    return addressOfScreen({ origin, meeting: meeting.slice('meeting:'.length), locale, ...more })
  }

  /** The meeting that is shown on another display, and whether that is plugged in; undefined: none, or another one. */
  shownOf(meeting: string): { readonly isThere: boolean } | undefined {
    const { shown } = this.view
    const address = shown && readScreenAddress(new URL(shown.address, location.href))
    return shown && address && `meeting:${address.meeting}` === meeting ? shown : undefined
  }

  async show(address: string, display?: number): Promise<Shown> {
    const { shell } = this.#host
    if (!shell) return this.#openInBrowser(address)
    return display !== undefined && (await shell.showScreen({ display, address })) ? 'shown' : 'gone'
  }

  async hide(): Promise<void> {
    this.#window?.close()
    await this.#host.shell?.hideScreen()
  }

  async #openInBrowser(address: string): Promise<Shown> {
    const other = await otherScreen()
    const place = other
      ? `,left=${other.availLeft},top=${other.availTop},width=${other.availWidth},height=${other.availHeight}`
      : ''
    this.#window = open(address, 'ratssaal-screen', `popup${place}`)
    if (!this.#window) return 'blocked'
    return other ? 'shown' : 'by-hand'
  }
}

/** Where the browser has the interface and its person permits it. */
async function otherScreen(): Promise<PlacedScreen | undefined> {
  try {
    const details = await (window as ManagedWindow).getScreenDetails?.()
    return details?.screens.find((one) => one !== details.currentScreen)
  } catch {
    return undefined
  }
}
