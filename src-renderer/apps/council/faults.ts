/** The one place where unexpected failures of this window end: logged here, shown by whoever listens. */
const listeners = new Set<(error: unknown) => void>()

export function reportFault(error: unknown): void {
  // eslint-disable-next-line no-console -- the console is this host's log; errors carry no record contents
  console.error(error)
  for (const listener of listeners) listener(error)
}

/** Hears of every fault; returns the end of it. */
export function onFault(listener: (error: unknown) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Catches what no boundary catches: failures in event handlers and in promises that nobody awaited. */
export function watchWindow(): void {
  window.addEventListener('error', (event) => reportFault(event.error ?? event.message))
  window.addEventListener('unhandledrejection', (event) => reportFault(event.reason))
}
