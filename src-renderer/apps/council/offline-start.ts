/** Milliseconds between looks for a new version, beside those that the browser makes at every start. */
const lookEvery = 60 * 60 * 1000

export interface OfflineStartEvents {
  /** The first time: from now on the app starts without network. */
  readonly onReady: () => void
  /** Another version lies ready; `change` loads it, and only then, so that nobody loses what they are typing. */
  readonly onNewVersion: (change: () => void) => void
}

/** Milliseconds after which the app's files are fetched although the page is not idle. */
const idleWithin = 5000

/**
 * Calls back once the page is loaded and has nothing else to do.
 *
 * @returns takes it back
 */
function whenIdle(act: () => void): () => void {
  const ending = new AbortController()
  const run = (): void => {
    if (!ending.signal.aborted) act()
  }
  const wait = (): void => {
    // Safari does not tell when it is idle.
    if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: idleWithin })
    else setTimeout(run)
  }
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true, signal: ending.signal })
  return () => ending.abort()
}

/**
 * Lets the web app start without network, by the service worker that keeps its files.
 *
 * @returns the end of the looking for new versions
 */
export function startOffline({ onReady, onNewVersion }: OfflineStartEvents): () => void {
  const workers = navigator.serviceWorker
  let isFirst = !workers.controller
  let timer: ReturnType<typeof setInterval> | undefined

  const follow = (registration: ServiceWorkerRegistration): void => {
    const offer = (worker: ServiceWorker): void =>
      onNewVersion(() => {
        workers.addEventListener('controllerchange', () => location.reload(), { once: true })
        worker.postMessage({ type: 'SKIP_WAITING' })
      })
    if (registration.waiting && workers.controller) offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && workers.controller) offer(worker)
      })
    })
    timer = setInterval(() => void registration.update().catch(() => {}), lookEvery)
  }
  const notice = (): void => {
    // Another window took the new version: this one still runs the old.
    if (!isFirst) return onNewVersion(() => location.reload())
    isFirst = false
    onReady()
  }
  workers.addEventListener('controllerchange', notice)
  // Fails where the browser keeps no service workers, such as in a private window: the app then needs the network.
  const leave = whenIdle(() => void workers.register('./sw.js').then(follow, () => {}))
  return () => {
    leave()
    clearInterval(timer)
    workers.removeEventListener('controllerchange', notice)
  }
}
