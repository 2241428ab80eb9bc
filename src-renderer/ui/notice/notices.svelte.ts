import { createContext, untrack } from 'svelte'

export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: 'neutral' | 'positive' | 'critical'
  readonly stays?: boolean
  /** One thing that can be done about it. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Milliseconds that a notice stays; one with an action, or that says so, stays until it is dismissed. */
const stay = 7000

/** What a window says in passing: shown as notices, and said once by the window's single live region. */
export class Notices {
  /** What the live region holds now. */
  said = $state('')
  shown = $state.raw<readonly Notice[]>([])
  #next = 1

  /** Says a text to screen readers without showing it. The same text twice is said twice. */
  say(text: string): void {
    this.said = untrack(() => this.said) === text ? `${text}\u00a0` : text
  }

  show(text: string, options: Omit<Partial<Notice>, 'id' | 'text'> = {}): void {
    const notice: Notice = { tone: 'neutral', ...options, id: this.#next++, text }
    this.shown = [...this.shown.slice(-2), notice]
    this.say(text)
    if (!notice.action && !notice.stays) setTimeout(() => this.dismiss(notice.id), stay)
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id)
  }
}

export const [useNotices, provideNotices] = createContext<Notices>()
