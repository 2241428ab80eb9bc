import { app, type BrowserWindow } from 'electron'
import type { Tells } from '../ipc.ts'
import type { Log } from './log.ts'

/** Milliseconds that windows get to write down what is unsaved. */
const patience = 5_000

/** Lets a window write down what is unsaved before it closes. */
export function saveBeforeClose(window: BrowserWindow, tells: Tells, log: Log): void {
  let saved = false
  window.on('close', (event) => {
    if (saved) return
    event.preventDefault()
    void tells.askToSave(window.webContents, patience).then((answered) => {
      if (!answered) log.warn({ window: window.id }, 'a window did not say in time that it has saved')
      saved = true
      if (!window.isDestroyed()) window.close()
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
