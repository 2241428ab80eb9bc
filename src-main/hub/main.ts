import { resolve } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { resetPassword } from './accounts/reset-password.ts'
import { backUp, restore, type BackedUp } from './backup.ts'
import { readConfig, type HubConfig } from './config.ts'
import { audit, rebuild } from './publication-commands.ts'
import { startHub } from './start-hub.ts'
import { StartFault } from './start-fault.ts'
import { StoreError } from './store/index.ts'
import { verifyMeeting } from './verify-log.ts'

interface Command {
  /** What has to follow the command's name. */
  readonly needs?: string
  readonly does: string
  run(config: HubConfig, argument: string): Promise<void>
}

const commands: Readonly<Record<string, Command>> = {
  run: { does: 'run the hub; the same as no command', run: runHub },
  backup: {
    needs: 'folder',
    does: 'copy everything into a new folder; the hub may be running',
    run: async (config, folder) => {
      refuseElsewhere(config)
      const { files, elsewhere } = await backUp(config.data, resolve(folder))
      say(`Backed up ${files} files of ${config.data} into ${folder}.`)
      sayElsewhere(elsewhere, 'It is not in this backup: back that store up by its own means.')
    },
  },
  restore: {
    needs: 'folder',
    does: 'make the data folder of a new hub from a backup',
    run: async (config, folder) => {
      refuseElsewhere(config)
      const { files, elsewhere, uuid } = await restore(resolve(folder), config.data)
      say(`Restored ${files} files into ${config.data}. The data is called ${uuid} now; devices start afresh.`)
      sayElsewhere(elsewhere, 'The hub reads it there: see that it is there, and that no other hub uses it.')
    },
  },
  'audit-publication': {
    does: 'prove that what is published is what may be; the hub may be running',
    run: async (config) => {
      const differences = await audit(config)
      for (const { audience, id, kind } of differences) say(`${kind}: ${id} in ${audience}`)
      if (differences.length > 0)
        throw new StartFault(
          `${differences.length} published documents are not what they should be. Stop the hub, run rebuild-publication and report this.`,
        )
      say('Everything published is the image of the working state, and nothing else is published.')
    },
  },
  'verify-log': {
    needs: 'meeting',
    does: 'check every signature and chain of a meeting; the hub may be running',
    run: async (config, meeting) => {
      const { events, chains, digest, faults } = await verifyMeeting(config, meeting)
      for (const { kind, event, account, place } of faults) say(`${kind}: ${event}, place ${place} of ${account}`)
      say(`${events} events in ${chains} chains. Digest: ${digest}`)
      if (faults.length > 0)
        throw new StartFault(
          `The log of ${meeting} has ${faults.length} faults. Keep the data as it is and report this.`,
        )
    },
  },
  'rebuild-publication': {
    does: 'make everything published anew; the hub must not be running',
    run: async (config) => {
      const { written } = await rebuild(config)
      say(`Published anew; ${written} documents were other ones before.`)
    },
  },
  'reset-password': {
    needs: 'login',
    does: 'give an account a new password and sign it out everywhere; the hub may be running',
    run: async (config, login) => {
      const { name, password } = await resetPassword(config.data, login)
      say(`New password of ${name}: ${password}`)
    },
  },
}

/** Half a backup would pass for a whole one. */
function refuseElsewhere({ store, data }: HubConfig): void {
  if (store === 'embedded') return
  throw new StartFault(
    `The documents of this hub are in CouchDB, where this command does not reach. Stop the hub, copy the databases "ratssaal-*" by CouchDB's own means (replicate them to another CouchDB, or copy its data folder), and copy ${data}, which holds accounts and files. To restore, bring both back together and remove the database "ratssaal-incarnation", so that devices start afresh.`,
  )
}

const usage = (): string => {
  const lines = Object.entries(commands).map(([name, { needs, does }]) => [needs ? `${name} <${needs}>` : name, does])
  return `Usage: npm run hub -- [command] [--config hub.yml]

${lines.map(([call = '', does]) => `  ${call.padEnd(24)}${does}`).join('\n')}

Without --config everything has its default (see resources/hub.example.yml) and data is in ./.data.`
}

function sayElsewhere({ recordings, objects, bytes }: BackedUp['elsewhere'], so: string): void {
  if (recordings === 0) return
  const size = `${objects} objects, ${Math.ceil(bytes / 1_000_000)} MB`
  say(`Media of ${recordings} recordings (${size}) lies in the store that "recordings" names. ${so}`)
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function runHub(config: HubConfig): Promise<void> {
  const hub = await startHub(config)
  const signals = ['SIGINT', 'SIGTERM'] as const
  const stop = (): void => {
    // A second signal ends the process at once, as it does without a handler.
    for (const signal of signals) process.removeListener(signal, stop)
    hub.stop().then(() => process.exit(0), giveUp)
  }
  for (const signal of signals) process.once(signal, stop)
  say(`Ratssaal is ready at ${hub.origin}/app/`)
  say(`Desktop apps join with ${hub.joinLink}`)
  if (hub.setUpCode !== undefined) say(`This hub is new. Code for its set-up: ${hub.setUpCode}`)
}

function giveUp(fault: unknown): never {
  const isExpected = fault instanceof StartFault || fault instanceof StoreError
  process.stderr.write(isExpected ? `ratssaal: ${fault.message}\n` : `${inspect(fault)}\n`)
  process.exit(1)
}

function readArguments() {
  try {
    return parseArgs({
      options: { config: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (fault) {
    throw new StartFault(`${(fault as Error).message}\n\n${usage()}`)
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments()
  if (values.help) return say(usage())
  const [name = 'run', argument = '', ...rest] = positionals
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command || rest.length > 0 || (command.needs === undefined) !== (argument === ''))
    throw new StartFault(`"${positionals.join(' ')}" is no command.\n\n${usage()}`)
  const config = readConfig(values.config)
  if (!config.ok) {
    const lines = config.failure.map(({ key, message }) => `  ${key === '' ? '' : `${key}: `}${message}`)
    throw new StartFault(`${values.config ?? 'The configuration'} cannot be used:\n${lines.join('\n')}`)
  }
  return command.run(config.value, argument)
}

await main().catch(giveUp)
