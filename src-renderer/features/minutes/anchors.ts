import { shortHash } from '../../../shared/short-hash.ts'

/** Id of an element of the page: sections and sources may hold letters that ids may not. */
export const anchorOf = (section: string, source?: string): string =>
  `minutes-${shortHash(JSON.stringify([section, source])).toString(36)}`

/** Brings a place into view and puts the focus there. */
export function goTo(anchor: string): void {
  const element = document.getElementById(anchor)
  element?.scrollIntoView({ block: 'center' })
  element?.focus({ preventScroll: true })
}
