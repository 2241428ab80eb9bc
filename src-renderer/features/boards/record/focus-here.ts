/**
 * Takes the focus as soon as it is there: what had it before is gone with the step before, and a screen reader reads on
 * from here.
 */
export const focusHere = (node: HTMLElement): void =>
  (node.querySelector<HTMLElement>('input') ?? node).focus({ preventScroll: true })
