import { app, shell, type WebContents } from 'electron'
import type { Log } from '../services/log.ts'
import { isAppUrl } from '../services/app-protocol.ts'

/** Whether a link may go to the system's browser: an address of the web without credentials, nothing else. */
export function isExternalLink(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return protocol === 'https:' && username === '' && password === ''
}

/**
 * Keeps every page where it belongs: the app stays in the app, links of the web open in the system's browser, or, where
 * nobody may leave the app, nowhere.
 */
export function denyNavigation(log: Log, mayLeave: () => boolean): () => void {
  const openOutside = (url: string): void => {
    if (!mayLeave()) log.warn('refused to open a link outside of the kiosk')
    else if (isExternalLink(url)) void shell.openExternal(url)
    else log.warn('refused to open an address that is no plain https link')
  }
  const keepInside = (_event: unknown, contents: WebContents): void => {
    const stay = (event: { preventDefault(): void; readonly url: string }): void => {
      if (isAppUrl(event.url)) return
      event.preventDefault()
      openOutside(event.url)
    }
    contents.on('will-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  }
  app.on('web-contents-created', keepInside)
  return () => app.off('web-contents-created', keepInside)
}
