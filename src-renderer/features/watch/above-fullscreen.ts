/** A video that fills the screen hides the page: what stays to be seen goes above it, into the top layer. */
export function goAbove(box: HTMLElement): () => void {
  const ended = new AbortController()
  const change = (): void => {
    box.popover = document.fullscreenElement ? 'manual' : null
    if (document.fullscreenElement) box.showPopover()
  }
  change()
  document.addEventListener('fullscreenchange', change, { signal: ended.signal })
  return () => ended.abort()
}
