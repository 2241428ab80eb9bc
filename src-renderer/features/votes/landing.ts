/**
 * Where the focus lands when the control that had it is gone, as after a vote was closed. Whoever has gone elsewhere is
 * left there, and so is whoever did not work here: other devices change this screen too.
 */
export class Landing {
  #worked = false

  /** Attach it to the place of work. */
  readonly watch = (node: HTMLElement): (() => void) => {
    const work = (): void => {
      this.#worked = true
    }
    node.addEventListener('focusin', work)
    return () => node.removeEventListener('focusin', work)
  }

  /** Attach it to where the focus goes; `_change` is whatever takes controls away, so that it is judged anew. */
  readonly here =
    (_change: unknown) =>
    (node: HTMLElement): void => {
      if (!this.#worked || document.activeElement !== document.body) return
      this.#worked = false
      node.focus()
    }
}
