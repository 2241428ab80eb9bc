import { app, powerSaveBlocker, type BrowserWindow, type WebContents } from 'electron'
import * as v from 'valibot'
import { exitHashSchema } from '../../../shared/hub-api/room-device.ts'
import type { KioskExit, KioskView, KioskWish } from '../../../shared/ipc/contract.ts'
import type { Log } from '../services/log.ts'
import { readState, writeState } from '../services/state-file.ts'
import { isExitCode } from './exit-code.ts'
import { leadsOut } from './shortcuts.ts'
import { afterWrong, noTries, secondsToWait } from './tries.ts'

const schema = v.object({
  on: v.boolean(),
  exit: v.nullable(exitHashSchema),
  tries: v.object({ wrong: v.number(), until: v.number() }),
})
type Kept = v.InferOutput<typeof schema>

/** Milliseconds within which windows are closed once the app was asked to quit; somebody may keep it open then. */
const quitWithin = 5_000

export interface KioskNeeds {
  readonly path: string
  readonly log: Log
  /** Every window that is open, the one that is to stay first. */
  readonly windows: () => readonly BrowserWindow[]
  readonly showMenu: (shown: boolean) => void
  readonly tellState: (page: WebContents, view: KioskView) => void
  /** Asks whoever tried to close a window for the code. */
  readonly askToLeave: (page: WebContents) => void
  readonly now: () => number
}

/**
 * Kiosk mode: one window fills the screen and is left by the exit code alone. What the hub wants is kept here, so that
 * the app starts so again, with or without a network. Never without a code: there would be no way out.
 */
export class Kiosk {
  readonly #needs: KioskNeeds
  #kept: Kept
  /** The window that fills the screen. */
  #main: BrowserWindow | undefined
  #held: boolean
  /** When the app was last asked to quit as a whole. */
  #quitAsked = -Infinity
  #awake: number | undefined

  constructor(needs: KioskNeeds) {
    this.#needs = needs
    const stored = v.safeParse(schema, readState(needs.path))
    this.#kept = stored.success ? stored.output : { on: false, exit: null, tries: noTries }
    this.#held = this.#isWanted
  }

  get isHeld(): boolean {
    return this.#held
  }

  get view(): KioskView {
    return { wanted: this.#isWanted, held: this.#held }
  }

  /** Begins as the app was left. */
  start(): () => void {
    // No key and no button quits a kiosk: the system ends, and a window that stays would hold it up.
    const quitting = (): void => void (this.#quitAsked = this.#needs.now())
    app.on('before-quit', quitting)
    if (this.#held) this.#engage()
    return () => {
      app.off('before-quit', quitting)
      this.#sleep()
    }
  }

  /** Looks after a new window; the first one of a kiosk fills the screen. */
  prepare(window: BrowserWindow): void {
    window.webContents.on('before-input-event', (event, input) => {
      if (this.#held && leadsOut(input)) event.preventDefault()
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (!this.#held || reason === 'clean-exit') return
      this.#needs.log.error({ reason }, 'a page of the kiosk ended and is loaded anew')
      window.webContents.reload()
    })
    if (this.#held && !this.#main) this.#fill(window)
  }

  /** Whether a window may close; who tries at the one that fills the screen is asked for the code instead. */
  mayClose(window: BrowserWindow): boolean {
    if (!this.#held || window !== this.#main || this.#needs.now() - this.#quitAsked < quitWithin) return true
    this.#needs.askToLeave(window.webContents)
    return false
  }

  /** What the hub says of this device. */
  obey({ on, exit }: KioskWish): void {
    const known = exit ?? this.#kept.exit
    const wanted = on && known !== null
    const begins = wanted && !this.#isWanted
    const changed = exit !== undefined && exit !== this.#kept.exit
    this.#keep({ on: wanted, exit: wanted ? known : null, tries: changed ? noTries : this.#kept.tries })
    if (begins) this.enter()
    else if (!wanted && this.#held) this.#release('the hub')
  }

  /** Goes on after somebody was let out. */
  enter(): void {
    if (this.#held || !this.#isWanted) return
    this.#held = true
    const [first, ...others] = this.#needs.windows()
    if (first) this.#fill(first)
    for (const other of others) other.close()
    this.#engage()
  }

  /** Lets out whoever knows the code, until the app starts again or goes back. */
  async leave(code: string): Promise<KioskExit> {
    const { exit } = this.#kept
    if (!this.#held || exit === null) return { left: true }
    const wait = secondsToWait(this.#kept.tries, this.#needs.now())
    if (wait > 0) return { left: false, wait }
    // Counted before it is looked at: many at once count as well.
    this.#keep({ ...this.#kept, tries: afterWrong(this.#kept.tries, this.#needs.now()) })
    if (!(await isExitCode(code, exit))) {
      const { tries } = this.#kept
      this.#needs.log.warn({ wrong: tries.wrong }, 'a wrong exit code')
      return { left: false, wait: secondsToWait(tries, this.#needs.now()) }
    }
    this.#keep({ ...this.#kept, tries: noTries })
    this.#release('the exit code')
    return { left: true }
  }

  get #isWanted(): boolean {
    return this.#kept.on && this.#kept.exit !== null
  }

  #keep(kept: Kept): void {
    this.#kept = kept
    writeState(this.#needs.path, kept)
    this.#tellAll()
  }

  #fill(window: BrowserWindow): void {
    this.#main = window
    window.once('closed', () => {
      if (this.#main === window) this.#main = undefined
    })
    window.setKiosk(true)
  }

  #engage(): void {
    this.#needs.showMenu(false)
    this.#awake ??= powerSaveBlocker.start('prevent-display-sleep')
    this.#needs.log.info('kiosk mode')
    this.#tellAll()
  }

  #release(by: string): void {
    this.#held = false
    this.#main?.setKiosk(false)
    this.#main = undefined
    this.#needs.showMenu(true)
    this.#sleep()
    this.#needs.log.info({ by }, 'kiosk mode was left')
    this.#tellAll()
  }

  #sleep(): void {
    if (this.#awake !== undefined) powerSaveBlocker.stop(this.#awake)
    this.#awake = undefined
  }

  #tellAll(): void {
    for (const { webContents } of this.#needs.windows()) this.#needs.tellState(webContents, this.view)
  }
}
