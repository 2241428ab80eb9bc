import type { Shell } from '../../../shared/ipc/contract.ts'

/**
 * What a browser offers in place of the desktop shell: no keyring (keys stay in the browser's own key store), the hub
 * is where the page came from, windows are tabs.
 */
export const webShell = (): Shell => ({
  readSecret: async () => null,
  writeSecret: async () => ({ kept: false }),
  forgetSecret: async () => {},
  readHub: async () => ({ origin: location.origin }),
  findHub: async () => ({ fault: 'unreadable' }),
  joinHub: async () => ({ fault: 'unreadable' }),
  openWindow: async ({ path }) => void open(`${location.pathname}#${path}`, '_blank', 'noopener'),
  readKiosk: async () => ({ wanted: false, held: false }),
  obeyKiosk: async () => {},
  leaveKiosk: async () => ({ left: true }),
  enterKiosk: async () => {},
  readDisplays: async () => ({ others: [], shown: null }),
  showScreen: async () => false,
  hideScreen: async () => {},
  appInfo: async () => ({ version: '', platform: 'web', keyring: false }),
  on: () => () => {},
  answerQuit: () => {},
})
