import { app, type BrowserWindow } from 'electron'
import type { Tells } from '../ipc.ts'
import type { Log } from './log.ts'

/** Milliseconds that a window gets to say whether it may close. */
const patience = 5_000

/**
 * Lets a window ask about what is unsaved before it closes, and stay if its person wants that; one that may not close
 * at all is not asked.
 */
export function askBeforeClose(
  window: BrowserWindow,
  { tells, log, mayClose }: { tells: Tells; log: Log; mayClose: (window: BrowserWindow) => boolean },
): void {
  let state: 'open' | 'asked' | 'closing' = 'open'
  window.on('close', (event) => {
    if (state === 'closing') return
    event.preventDefault()
    if (state === 'asked' || !mayClose(window)) return
    state = 'asked'
    void tells.askToClose(window.webContents, patience).then((answer) => {
      if (answer === 'late') log.warn({ window: window.id }, 'a window did not say in time whether it may close')
      state = answer === 'stay' ? 'open' : 'closing'
      if (answer !== 'stay' && !window.isDestroyed()) window.close()
    })
  })
}

/** Runs the stops of all services, the last started first, once every window is closed. */
export function stopOnQuit(stops: readonly (() => void | Promise<void>)[], log: Log): void {
  let stopped = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    void stopInReverse(stops, log).then(() => {
      stopped = true
      app.quit()
    })
  })
}

async function stopInReverse(stops: readonly (() => void | Promise<void>)[], log: Log): Promise<void> {
  for (const stop of stops.toReversed()) {
    try {
      await stop()
    } catch (error) {
      log.error({ error }, 'a service did not stop cleanly')
    }
  }
}
