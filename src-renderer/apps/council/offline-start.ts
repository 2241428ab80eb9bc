/** Milliseconds between looks for a new version, beside those that the browser makes at every start. */
const lookEvery = 60 * 60 * 1000

/**
 * Lets the web app start without network, by the service worker that keeps its files. Calls `onNewVersion` when another
 * version lies ready; `change` loads it, and only then, so that nobody loses what they are typing.
 *
 * @returns the end of the looking
 */
export function startOffline(onNewVersion: (change: () => void) => void): () => void {
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
  // Another window took the new version: this one still runs the old.
  const notice = (): void => {
    if (isFirst) isFirst = false
    else onNewVersion(() => location.reload())
  }
  workers.addEventListener('controllerchange', notice)
  // Fails where the browser keeps no service workers, such as in a private window: the app then needs the network.
  workers.register('./sw.js').then(follow, () => {})
  return () => {
    clearInterval(timer)
    workers.removeEventListener('controllerchange', notice)
  }
}
