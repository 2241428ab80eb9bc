import type { Session } from 'electron'
import { isAppUrl } from './app-protocol.ts'

/**
 * Reaching a hub in the house or on this computer (the two halves of Chromium's Local Network Access); and cameras,
 * microphones and screens for the broadcast desk, where the system asks as well.
 */
const granted: ReadonlySet<string> = new Set([
  ...['local-network', 'loopback-network', 'local-network-access'],
  ...['media', 'display-capture'],
])

/** Whether a page may use a capability of the browser. Everything that is not named is denied. */
export const mayUse = (permission: string, requestingUrl: string): boolean =>
  granted.has(permission) && isAppUrl(requestingUrl)

export function grantPermissions(session: Session): () => void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayUse(permission, requestingOrigin))
  return () => {
    session.setPermissionRequestHandler(null)
    session.setPermissionCheckHandler(null)
  }
}
