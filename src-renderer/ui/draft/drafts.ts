import { createContext, tick } from 'svelte'

/** The forms of a window that hold what somebody typed and has not saved. */
export class Drafts {
  readonly #saved = new Map<HTMLFormElement, string>()

  /** Attach it to a form: what its fields say then counts as saved. */
  readonly watch = (form: HTMLFormElement): (() => void) => {
    void tick().then(() => {
      if (form.isConnected) this.settle(form)
    })
    return () => this.#saved.delete(form)
  }

  /** What a form says now is saved. */
  settle(form: HTMLFormElement): void {
    this.#saved.set(form, textOf(form))
  }

  /** Whether any form says something else than what is saved. */
  get areOpen(): boolean {
    return [...this.#saved].some(([form, text]) => textOf(form) !== text)
  }
}

const textOf = (form: HTMLFormElement): string => JSON.stringify([...form.elements].map((field) => valueOf(field)))

function valueOf(field: Element): string | boolean | undefined {
  if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) return field.checked
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)
    return field.value
  return undefined
}

export const [useDrafts, provideDrafts] = createContext<Drafts>()
