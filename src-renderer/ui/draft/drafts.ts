import { createContext } from 'svelte'

interface Draft {
  /** What the fields say where nothing is lost. */
  readonly saved: string
  /** Somebody put something in since; fields that fill themselves are no work of theirs. */
  readonly touched: boolean
}

/** The forms of a window that hold what somebody typed and has not saved. */
export class Drafts {
  readonly #forms = new Map<HTMLFormElement, Draft>()

  /** Attach it to a form: what its fields say before somebody changes them counts as saved. */
  readonly watch = (form: HTMLFormElement): (() => void) => {
    const begin = (): void => {
      if (!this.#forms.get(form)?.touched) this.settle(form)
    }
    const touch = (): void => {
      const draft = this.#forms.get(form)
      if (draft) this.#forms.set(form, { ...draft, touched: true })
    }
    this.settle(form)
    form.addEventListener('focusin', begin)
    form.addEventListener('input', touch)
    return () => {
      form.removeEventListener('focusin', begin)
      form.removeEventListener('input', touch)
      this.#forms.delete(form)
    }
  }

  /** What a form says now is saved; returns what takes that back. */
  settle(form: HTMLFormElement): () => void {
    const before = this.#forms.get(form)
    this.#forms.set(form, { saved: textOf(form), touched: false })
    return () => {
      if (before) this.#forms.set(form, before)
    }
  }

  /** Whether a form says something else than what is saved. */
  isOpen(form: HTMLFormElement): boolean {
    const draft = this.#forms.get(form)
    return draft !== undefined && draft.touched && draft.saved !== textOf(form)
  }

  get areOpen(): boolean {
    return [...this.#forms.keys()].some((form) => this.isOpen(form))
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
