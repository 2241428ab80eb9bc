import { app, dialog, session } from 'electron'
import { join } from 'node:path'
import { isLocale, m, type Locale } from '../../shared/i18n/index.ts'
import { answerAsks, Tells } from './ipc.ts'
import { declareAppScheme, serveApp } from './services/app-protocol.ts'
import { HubAddressBook } from './services/hub-address.ts'
import { pinHub } from './services/hub-pin.ts'
import { openLog, type Log } from './services/log.ts'
import { setMenu } from './services/menu.ts'
import { grantPermissions } from './services/permissions.ts'
import { saveBeforeClose, stopOnQuit } from './services/quit.ts'
import { Secrets } from './services/secrets.ts'
import { holdSingleInstance } from './services/single-instance.ts'
import { denyNavigation } from './windows/navigation.ts'
import { Windows } from './windows/registry.ts'

const profile = process.env['RATSSAAL_PROFILE']
if (profile) app.setPath('userData', profile)
const at = (file: string): string => join(app.getPath('userData'), file)
const log = openLog(at('logs'))

declareAppScheme()
app.enableSandbox()

const tells = new Tells()
const windows = new Windows(join(import.meta.dirname, '../preload/preload.cjs'), (window) =>
  saveBeforeClose(window, tells, log),
)

if (holdSingleInstance(() => windows.wake())) {
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
  const secrets = new Secrets(at('secrets.json'), log)
  const hubs = new HubAddressBook(at('hub.json'), process.env['RATSSAAL_HUB'])
  if (hubs.address) pinHub(session.defaultSession, hubs.address)

  const stops = [
    grantPermissions(session.defaultSession),
    denyNavigation(log),
    serveApp(join(import.meta.dirname, '../renderer'), () => hubs.address?.origin),
    answerAsks(
      {
        readSecret: (name) => secrets.read(name),
        writeSecret: (name, value) => secrets.write(name, value),
        forgetSecret: (name) => secrets.forget(name),
        readHub: () => hubs.address,
        joinHub: async (code) => {
          const joined = await hubs.join(code)
          if ('origin' in joined) {
            pinHub(session.defaultSession, joined)
            setImmediate(() => windows.reload())
          }
          return joined
        },
        openWindow: (address) => windows.open(address),
        appInfo: async () => ({
          version: app.getVersion(),
          platform: process.platform,
          keyring: await secrets.hasKeyring(),
        }),
      },
      log,
    ),
    setMenu(
      {
        command: (name) => {
          const window = windows.focused()
          if (window) tells.tell(window.webContents, 'command', name)
        },
        openWindow: () => windows.open({ kind: 'council', path: '/calendar' }),
        focused: () => windows.focused(),
        hasKeyring: () => secrets.hasKeyring(),
      },
      systemLocale(),
    ),
  ]
  stopOnQuit(stops, log)
  log.info({ version: app.getVersion() }, 'started')
  windows.open({ kind: 'council', path: '/' })
}

/** The first language of the system that we speak, else German. */
function systemLocale(): Locale {
  const spoken = app.getPreferredSystemLanguages().map((tag) => tag.slice(0, 2).toLowerCase())
  return spoken.find((tag) => isLocale(tag)) ?? 'de'
}
