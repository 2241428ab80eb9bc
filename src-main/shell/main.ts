import { app, dialog, session } from 'electron'
import { join } from 'node:path'
import { isLocale, m, type Locale } from '../../shared/i18n/index.ts'
import type { HubAddress, JoinFault } from '../../shared/ipc/contract.ts'
import { SecondDisplay } from './displays/second-display.ts'
import { answerAsks, Tells } from './ipc.ts'
import { Kiosk } from './kiosk/kiosk.ts'
import { declareAppScheme, serveApp } from './services/app-protocol.ts'
import { HubAddressBook } from './services/hub-address.ts'
import { pinHub } from './services/hub-pin.ts'
import { JoinLinks } from './services/join-links.ts'
import { openLog, type Log } from './services/log.ts'
import { hideMenu, showMenu, type MenuActions } from './services/menu.ts'
import { grantPermissions } from './services/permissions.ts'
import { askBeforeClose, stopOnQuit } from './services/quit.ts'
import { Secrets } from './services/secrets.ts'
import { shareScreens } from './services/share-screen.ts'
import { holdSingleInstance } from './services/single-instance.ts'
import { denyNavigation } from './windows/navigation.ts'
import { WindowPlaces } from './windows/places.ts'
import { Windows } from './windows/registry.ts'

const profile = process.env['RATSSAAL_PROFILE']
if (profile) app.setPath('userData', profile)
const at = (file: string): string => join(app.getPath('userData'), file)
const log = openLog(at('logs'))

declareAppScheme()
app.enableSandbox()

const tells = new Tells()
const secrets = new Secrets(at('secrets.json'), log)
const places = new WindowPlaces(at('windows.json'))
const windows: Windows = new Windows(join(import.meta.dirname, '../preload/preload.cjs'), places, (window) => {
  askBeforeClose(window, { tells, log, mayClose: (one) => kiosk.mayClose(one) })
  kiosk.prepare(window)
  // A second display goes with the last window that could turn it off.
  window.once('closed', () => setImmediate(() => windows.all.length === 0 && secondDisplay.hide()))
})
const menuActions: MenuActions = {
  command: (name) => {
    const window = windows.focused()
    if (window) tells.tell(window.webContents, 'command', name)
  },
  openWindow: () => windows.open({ kind: 'council', path: '/calendar' }),
  focused: () => windows.focused(),
  hasKeyring: () => secrets.hasKeyring(),
}
const kiosk = new Kiosk({
  path: at('kiosk.json'),
  log,
  windows: () => windows.all,
  showMenu: (shown) => (shown ? showMenu(menuActions, systemLocale()) : hideMenu()),
  tellState: (page, view) => tells.tell(page, 'kiosk', view),
  askToLeave: (page) => tells.tell(page, 'askToLeaveKiosk'),
  now: Date.now,
})
const secondDisplay = new SecondDisplay({
  log,
  asking: () => windows.all[0],
  onChange: (view) => {
    for (const { webContents } of windows.all) tells.tell(webContents, 'displays', view)
  },
})
const links = new JoinLinks()

if (holdSingleInstance((args) => void (links.take(args) || windows.wake()))) {
  app
    .whenReady()
    .then(() => start(log))
    .catch((error: unknown) => {
      log.fatal({ error }, 'the shell cannot start')
      const reason = error instanceof Error ? error.message : String(error)
      const text = m.shell_start_failed_text({ reason, log: at('logs') }, { locale: systemLocale() })
      dialog.showErrorBox(m.shell_start_failed_title({}, { locale: systemLocale() }), text)
      app.exit(1)
    })
} else app.quit()

/** Starts the services in order; each gives its stop. */
function start(log: Log): void {
  const hubs = new HubAddressBook(at('hub.json'), process.env['RATSSAAL_HUB'])
  if (hubs.address) pin(hubs.address)

  showMenu(menuActions, systemLocale())
  const stops = [
    grantPermissions(session.defaultSession),
    shareScreens(session.defaultSession),
    denyNavigation(log, () => !kiosk.isHeld),
    serveApp(join(import.meta.dirname, '../renderer'), () => hubs.address?.origin),
    answerAsks(
      {
        readSecret: (name) => secrets.read(name),
        writeSecret: (name, value) => secrets.write(name, value),
        forgetSecret: (name) => secrets.forget(name),
        readHub: () => hubs.address,
        findHub: (code) => hubs.find(code),
        joinHub: (code) => (kiosk.isHeld ? { fault: 'in-kiosk' } : joinHub(code, hubs, secrets)),
        openWindow: (address) => windows.open(address),
        readKiosk: () => kiosk.view,
        obeyKiosk: (wish) => kiosk.obey(wish),
        leaveKiosk: (code) => kiosk.leave(code),
        enterKiosk: () => kiosk.enter(),
        readDisplays: () => secondDisplay.view,
        showScreen: (wish) => secondDisplay.show(wish),
        hideScreen: () => secondDisplay.hide(),
        appInfo: async () => ({
          version: app.getVersion(),
          platform: process.platform,
          keyring: await secrets.hasKeyring(),
        }),
      },
      log,
    ),
    hideMenu,
    kiosk.start(),
    secondDisplay.start(),
  ]
  stopOnQuit(stops, log)
  log.info({ version: app.getVersion() }, 'started')
  const link = links.follow(offerToJoin)
  if (link === undefined || kiosk.isHeld) windows.open({ kind: 'council', path: '/' })
  else offerToJoin(link)
}

async function joinHub(
  code: string,
  hubs: HubAddressBook,
  secrets: Secrets,
): Promise<HubAddress | { fault: JoinFault }> {
  const found = await hubs.find(code)
  if ('fault' in found) return found
  if (hubs.address && hubs.address.origin !== found.origin) {
    // Nothing of one hub may meet another: not its records, not the session, not the keys.
    secrets.forgetAll()
    await session.defaultSession.clearStorageData()
  }
  pin(found)
  setImmediate(() => windows.reload())
  return hubs.keep(found)
}

const pin = (hub: HubAddress): void => pinHub(session.defaultSession, hub, () => tellAll('otherCertificate'))

/** Shows what a join link leads to; the person decides there. */
function offerToJoin(link: string): void {
  if (kiosk.isHeld) return log.warn('refused a join link in kiosk mode')
  const window = windows.focused()
  if (window) tells.tell(window.webContents, 'joinLink', link)
  windows.wake(`/join?link=${encodeURIComponent(link)}`)
}

function tellAll(tell: 'otherCertificate'): void {
  for (const { webContents } of windows.all) tells.tell(webContents, tell)
}

/** The first language of the system that we speak, else German. */
function systemLocale(): Locale {
  const spoken = app.getPreferredSystemLanguages().map((tag) => tag.slice(0, 2).toLowerCase())
  return spoken.find((tag) => isLocale(tag)) ?? 'de'
}
