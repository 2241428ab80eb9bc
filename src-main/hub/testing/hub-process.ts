import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { HubConfigInput } from '../config.ts'
import { makeFolder } from './hub.ts'

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface RunningHub {
  readonly child: ChildProcess
  readonly origin: string
  /** While it is new. */
  readonly setUpCode: string | undefined
}

const isNew = new Set<string>()

/** Settings of a hub that is a process of its own, and where its data will lie; gone when the test is over. */
export async function configForProcess(
  more: HubConfigInput = {},
): Promise<{ readonly config: string; readonly data: string }> {
  const folder = await makeFolder()
  const config = join(folder, 'hub.yml')
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ data: 'data', listen: { port: 0 }, logLevel: 'fatal', ...more }))
  isNew.add(config)
  return { config, data: join(folder, 'data') }
}

/** The real process on one data folder; answers once it is ready. */
export async function runHub(config: string): Promise<RunningHub> {
  const child = spawn(process.execPath, [entry, '--config', config], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let origin = ''
  for await (const line of createInterface(child.stdout)) {
    origin ||= /ready at (\S+)\/app\//.exec(line)?.[1] ?? ''
    const [, setUpCode] = /^This hub is new\. Code for its set-up: (\S+)$/.exec(line) ?? []
    if (setUpCode !== undefined || /^Desktop apps/.test(line)) {
      if (setUpCode === undefined && isNew.has(config)) continue
      isNew.delete(config)
      return { child, origin, setUpCode }
    }
  }
  throw new Error('the hub ended before it was ready')
}
/** Ends the process at once, whatever it is doing. */
export async function killHub({ child }: RunningHub): Promise<void> {
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  await ended
}
