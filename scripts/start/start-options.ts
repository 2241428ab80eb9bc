import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isProfileName, profiles, type ProfileName } from '../demo/profile.ts'

export interface StartOptions {
  readonly help: boolean
  /** A town of one's own, begun with the set-up assistant, instead of the demo town. */
  readonly isNew: boolean
  readonly demo: ProfileName
  readonly data: string
  readonly port: number
  readonly desktop: boolean
  readonly open: boolean
}

export const usage = `Usage: npm start [-- options]

Starts Ratssaal on this machine alone, with a demo town, and opens the desktop app where there is one.

  --new           begin a town of your own with the set-up assistant, beside the demo town
  --demo=large    a demo town of 50,000 documents instead of one that loads in seconds
  --data <folder> where the data is kept (also RATSSAAL_DATA); otherwise a folder in .data for each kind of town
  --port <number> where the hub listens on 127.0.0.1; otherwise 8480
  --no-desktop    do not look for the desktop app
  --open          open the web app in the browser when there is no desktop app
  --help          this text

Production: npm run hub -- --config hub.yml (see README.md).`

/** Wrong arguments; the message says which, and how they are meant. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault'
}

const defaultPort = 8480

/** @param cwd paths are relative to it */
export function readStartOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  cwd: string,
): StartOptions {
  const values = parse(args)
  const demo = values.demo ?? 'small'
  if (!isProfileName(demo))
    throw new UsageFault(
      `--demo=${demo}: there is no such demo town; there are ${Object.keys(profiles).join(' and ')}.`,
    )
  if (values.new && values.demo !== undefined)
    throw new UsageFault('--new begins an empty town and --demo fills one: use one of them.')
  const port = values.port === undefined ? defaultPort : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageFault(`--port ${values.port}: a port is a whole number from 0 to 65535; 0 takes a free one.`)
  const folder = values.new ? 'new-town' : demo === 'small' ? 'demo' : `demo-${demo}`
  return {
    help: values.help ?? false,
    isNew: values.new ?? false,
    demo,
    data: resolve(cwd, values.data ?? (environment['RATSSAAL_DATA'] || `.data/${folder}`)),
    port,
    desktop: !values['no-desktop'],
    open: values.open ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        new: { type: 'boolean' },
        demo: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        'no-desktop': { type: 'boolean' },
        open: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (fault) {
    throw new UsageFault(`${(fault as Error).message}\n\n${usage}`)
  }
}
