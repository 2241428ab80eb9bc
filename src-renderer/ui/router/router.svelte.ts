import { createContext } from 'svelte'
import { hrefTo, parseHash, type Location } from './route.ts'

/**
 * Where the window is, in the fragment of its address: works alike behind a hub's `/app/`, from `app://` and without
 * a network, and no host needs rewriting rules.
 */
export class Router {
  location = $state.raw<Location>(parseHash(window.location.hash))
  /** A page was asked for and its heading has not been shown yet. */
  #arriving = false
  #entry = entryKey()
  readonly #scroll: Record<string, number> = {}

  /** Follows the address; returns the end of it. */
  start(): () => void {
    const follow = () => {
      const next = parseHash(window.location.hash)
      this.#scroll[this.#entry] = Math.max(window.scrollY, mainScroller()?.scrollTop ?? 0)
      this.#entry = entryKey()
      this.#arriving ||= next.path !== this.location.path
      this.location = next
    }
    history.scrollRestoration = 'manual'
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }

  /** Goes to a fragment such as `hrefTo('/papers')`. */
  go(href: string): void {
    window.location.hash = href
  }

  /**
   * Changes the query in place: a filter is no step to go back to. Undefined or empty values are removed. A page that is
   * being left changes nothing: the address is ahead of what it tells, and is that of another page.
   */
  refine(query: Readonly<Record<string, string | undefined>>): void {
    const here = parseHash(window.location.hash)
    if (here.path !== this.location.path) return
    const merged = { ...Object.fromEntries(here.query), ...query }
    history.replaceState(history.state, '', hrefTo(this.location.path, merged))
    this.location = parseHash(window.location.hash)
  }

  /** Told by a page's heading when it is shown: screen readers continue there, and the page stands where it was left. */
  readonly arrive = (heading: HTMLElement): void => {
    if (!this.#arriving) return
    this.#arriving = false
    heading.focus({ preventScroll: true })
    const top = this.#scroll[this.#entry] ?? 0
    requestAnimationFrame(() => {
      window.scrollTo({ top })
      mainScroller()?.scrollTo({ top })
    })
  }
}

/** On narrow screens the page scrolls inside the frame, not with the window. */
const mainScroller = (): HTMLElement | null => document.getElementById('main')

const entryKey = (): string => window.navigation?.currentEntry?.key ?? window.location.href

export const [useRouter, provideRouter] = createContext<Router>()
