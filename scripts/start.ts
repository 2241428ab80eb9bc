import { inspect } from 'node:util'
import type { Hub, HubStores } from '../src-main/hub/start-hub.ts'
import type { DemoAccount, ProfileName } from './demo/index.ts'
import { paths, type Town } from '../shared/hub-api/contract.ts'
import { BuildFault, buildWhatIsStale } from './start/build.ts'
import { endDesktop, findDesktop, openBrowser, openDesktop } from './start/desktop.ts'
import { during, type Progress } from './start/progress.ts'
import { readStartOptions, usage, UsageFault, type StartOptions } from './start/start-options.ts'
import { welcomeText } from './start/welcome.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2), process.env, process.cwd())
  if (options.help) return say(usage)
  await buildWhatIsStale()
  const hub = await openHub(options)
  const stops: (() => void | Promise<void>)[] = [hub.stop]
  stopOnSignal(stops)
  if (options.isNew && hub.setUpCode === undefined) say(`${options.data} holds a town already: going on with it.`)
  const town = (await (await fetch(hub.origin + paths.town)).json()) as Town
  say(`\n${welcomeText(town, hub.origin, town.ready ? undefined : hub.setUpCode)}\n`)
  await openApp(hub, options, stops)
}

/** The hub's modules need compiled messages, so they are loaded after the build. */
async function openHub({ data, port, isNew, demo }: StartOptions): Promise<Hub> {
  const { checkConfig } = await import('../src-main/hub/config.ts')
  const { startHub } = await import('../src-main/hub/start-hub.ts')
  const config = checkConfig({ data, listen: { port }, logLevel: 'warn' }, process.cwd())
  if (!config.ok) throw new Error(inspect(config.failure))
  return during(isNew ? 'Starting the hub' : 'Starting the hub with the demo town', (progress) =>
    startHub(config.value, isNew ? {} : { demo: (stores) => fillWithDemo(stores, demo, progress) }),
  )
}

async function fillWithDemo(
  stores: HubStores,
  profile: ProfileName,
  progress: Progress,
): Promise<readonly DemoAccount[]> {
  const { loadDemo, makeTown, profiles } = await import('./demo/index.ts')
  const town = makeTown(profiles[profile], new Date().toISOString().slice(0, 10))
  await loadDemo(town, stores, ({ what, done, of }) =>
    progress.step(`${done.toLocaleString('en')} of ${of.toLocaleString('en')} ${what}`),
  )
  progress.step('publishing')
  return town.accounts
}

async function openApp(hub: Hub, options: StartOptions, stops: (() => void | Promise<void>)[]): Promise<void> {
  const desktop = options.desktop ? await findDesktop(process.env) : undefined
  if (desktop && 'binary' in desktop) {
    const child = openDesktop(desktop.binary, hub.origin)
    stops.push(() => endDesktop(child))
    child.on('spawn', () => say('The desktop app is open.'))
    child.on('error', (fault) => say(`The desktop app did not open (${fault.message}); use the web app.`))
    child.on('exit', (code) =>
      say(
        code
          ? `The desktop app ended by a fault (exit code ${code}); use the web app.`
          : 'The desktop app was closed; the hub still runs. Ctrl-C stops it.',
      ),
    )
    return
  }
  if (desktop) say(`No desktop app: ${desktop.missing}. Use the web app.`)
  if (options.open && !(await openBrowser(`${hub.origin}/app/`))) say('No browser was found to open the web app with.')
}

function stopOnSignal(stops: (() => void | Promise<void>)[]): void {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const stop = async (): Promise<void> => {
    // A second signal ends the process at once.
    for (const signal of signals) process.removeAllListeners(signal)
    for (let end = stops.pop(); end; end = stops.pop()) await end()
    process.exit(0)
  }
  for (const signal of signals) process.once(signal, () => void stop().catch(giveUp))
}

const expected = ['StartFault', 'StoreError', UsageFault.name, BuildFault.name]

function giveUp(fault: unknown): never {
  const isExpected = fault instanceof Error && expected.includes(fault.name)
  process.stderr.write(isExpected ? `ratssaal: ${fault.message}\n${remedyOf(fault)}` : `${inspect(fault)}\n`)
  process.exit(1)
}

/** The hub words its faults for `hub.yml`; here the same things are options. */
const remedyOf = (fault: Error): string =>
  /listen\.port/.test(fault.message)
    ? 'With npm start: npm start -- --port <number>\n'
    : fault.name === 'StartFault' || fault.name === 'StoreError'
      ? 'With npm start: npm start -- --data <folder> uses another data folder\n'
      : ''

await main().catch(giveUp)
