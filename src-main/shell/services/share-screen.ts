import { desktopCapturer, Menu, type DesktopCapturerSource, type Session } from 'electron'
import { isAppUrl } from './app-protocol.ts'

/**
 * Lets the app's own pages share a screen or window. Where the system has a dialog for it, that one asks; elsewhere a
 * menu with the names of all screens and windows does.
 */
export function shareScreens(session: Session): () => void {
  session.setDisplayMediaRequestHandler(
    ({ securityOrigin }, answer) => {
      const chosen = isAppUrl(securityOrigin) ? chooseSource() : Promise.resolve(null)
      void chosen.then((video) => answer(video && { video }))
    },
    { useSystemPicker: true },
  )
  return () => session.setDisplayMediaRequestHandler(null)
}

/** The screen or window that a person picked; null for none, also where the system refuses to name them. */
async function chooseSource(): Promise<DesktopCapturerSource | null> {
  const size = { width: 0, height: 0 }
  const sources = await desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize: size }).catch(() => [])
  return new Promise((settle) => {
    const entries = sources.map((source) => ({ label: source.name, click: () => settle(source) }))
    // A click comes after the menu is closed.
    Menu.buildFromTemplate(entries).popup({ callback: () => setTimeout(() => settle(null)) })
  })
}
