import { inspect, parseArgs } from 'node:util'
import { readConfig, type HubConfig } from './config.ts'
import { startHub } from './start-hub.ts'
import { StartFault } from './start-fault.ts'
import { StoreError } from './store/index.ts'

const usage = `Usage: npm run hub -- [command] [--config hub.yml]

  (no command)            run the hub
  reset-password <login>  give an account a new password and sign it out everywhere

Without --config everything has its default (see resources/hub.example.yml) and data is in ./.data.
`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function runHub(config: HubConfig): Promise<void> {
  const hub = await startHub(config)
  say(`Ratssaal is ready at ${hub.origin}/app/`)
  say(`Desktop apps join with ${hub.joinLink}`)
  if (hub.setUpCode !== undefined) say(`This hub is new. Code for its set-up: ${hub.setUpCode}`)
  const stop = () => {
    // A second signal ends the process at once, as it does without a handler.
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, stop)
    hub.stop().then(() => process.exit(0), giveUp)
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)
}

function giveUp(fault: unknown): never {
  const isExpected = fault instanceof StartFault || fault instanceof StoreError
  process.stderr.write(isExpected ? `ratssaal: ${fault.message}\n` : `${inspect(fault)}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { config: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help) return say(usage)
  const config = readConfig(values.config)
  if (!config.ok) {
    const lines = config.failure.map(({ key, message }) => `  ${key === '' ? '' : `${key}: `}${message}`)
    throw new StartFault(`${values.config ?? 'The configuration'} is not usable:\n${lines.join('\n')}`)
  }
  if (positionals.length === 0) return runHub(config.value)
  throw new StartFault(`There is no command "${positionals.join(' ')}".\n\n${usage}`)
}

await main().catch(giveUp)
