import { app } from 'electron'

const linkPattern = /^ratssaal:/i

/** The join link among the arguments of a start; the system names it there on Windows and Linux. */
const linkIn = (args: readonly string[]): string | undefined => args.find((arg) => linkPattern.test(arg))

/** Links such as `ratssaal://join?hub=…` that people follow elsewhere, from whichever way the system hands them over. */
export class JoinLinks {
  #early: string | undefined
  #open: ((link: string) => void) | undefined

  /** Call before the app is ready: macOS hands the link over by which it started the app. */
  constructor() {
    if (app.isPackaged) app.setAsDefaultProtocolClient('ratssaal')
    this.#early = linkIn(process.argv)
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.take([url])
    })
  }

  /** Takes the join link out of arguments; false when there is none. */
  take(args: readonly string[]): boolean {
    const link = linkIn(args)
    if (link === undefined) return false
    if (this.#open) this.#open(link)
    else this.#early = link
    return true
  }

  /** Links go to `open` from now on. Gives the one by which the app was started. */
  follow(open: (link: string) => void): string | undefined {
    this.#open = open
    return this.#early
  }
}
