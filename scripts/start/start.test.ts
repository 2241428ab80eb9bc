import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { chromium } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { paths, type Town } from '../../shared/hub-api/contract.ts'
import { root } from './build.ts'

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const standIn = join(root, 'e2e/fixtures/desktop')

/** `npm start` as a process of its own, ended with the test. */
class Start {
  output = ''
  readonly #child: ChildProcess
  readonly ended: Promise<number | null>

  constructor(...args: readonly string[]) {
    // Without a profile for the desktop app there is none to open.
    const [profile, options] =
      args[0] === '--profile' ? [args[1], args.slice(2)] : [undefined, ['--no-desktop', ...args]]
    const desktop = profile === undefined ? {} : { RATSSAAL_PROFILE: profile, ELECTRON_OVERRIDE_DIST_PATH: standIn }
    const env = { ...process.env, RATSSAAL_DATA: '', ...desktop }
    this.#child = spawn(process.execPath, ['scripts/start.ts', ...options], { cwd: root, env })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
    onTestFinished(async () => {
      this.#child.kill('SIGKILL')
      await this.ended
    })
  }

  /** Settles once everything is printed; fails when the process ends before. */
  async ready(): Promise<string> {
    const isReady = (): boolean => this.output.includes('Ctrl-C stops it')
    while (!isReady()) {
      const ended = await Promise.race([
        this.ended.then(() => true),
        once(this.#child.stdout!, 'data').then(() => false),
      ])
      if (ended && !isReady()) throw new Error(`npm start ended early:\n${this.output}`)
    }
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.output)![0]
  }

  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT')
    return this.ended
  }
}

const townAt = async (origin: string): Promise<Town> => (await (await fetch(origin + paths.town)).json()) as Town

describe('npm start', { timeout: 240_000 }, () => {
  test('loads the demo town, keeps it, and stops at Ctrl-C', async () => {
    const data = await makeFolder()
    const first = new Start('--data', data, '--port', '0')
    const town = await townAt(await first.ready())
    expect(first.output).toMatch(/Web app +http:\S+\/app\/\n +Public site +http/)
    for (const { login, password } of town.demo!) expect(first.output).toMatch(new RegExp(`${login} +${password}`))
    expect(await first.interrupt()).toBe(0)

    const second = new Start('--data', data, '--port', '0')
    expect(await townAt(await second.ready())).toEqual(town)
    const third = new Start('--data', data, '--port', '0')
    expect(await third.ended).toBe(1)
    expect(third.output).toMatch(/ratssaal: .*\n.*--data <folder>/)
    expect(await second.interrupt()).toBe(0)
  })

  test('opens the desktop app on its hub, and closes it at Ctrl-C', async () => {
    const profile = await makeFolder()
    const start = new Start('--profile', profile, '--new', '--data', await makeFolder(), '--port', '0')
    const origin = await start.ready()
    const portFile = join(profile, 'Chromium/DevToolsActivePort')
    await expect.poll(() => readFile(portFile, 'utf8').catch(() => ''), { timeout: 60_000 }).toMatch(/^\d+\n/)
    const [port] = (await readFile(portFile, 'utf8')).split('\n')
    expect((await fetch(`http://127.0.0.1:${port}/json/version`)).ok).toBe(true)
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const pages = () => browser.contexts().flatMap((context) => context.pages())
    await expect
      .poll(() => pages().filter((page) => page.url().includes('desk.app')).length, { timeout: 60_000 })
      .toBe(1)
    const hub = await pages()[0]!.evaluate(() =>
      (globalThis as unknown as { shell: { readHub(): Promise<unknown> } }).shell.readHub(),
    )
    expect(hub).toEqual({ origin })
    expect(start.output).toContain('The desktop app is open.')
    expect(await start.interrupt()).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/json/version`)).rejects.toThrow()
  })

  test('--new begins an empty town, and goes on with it once it holds one', async () => {
    const data = await makeFolder()
    const start = new Start('--new', '--data', data, '--port', '0')
    const origin = await start.ready()
    const [link, code] = /http:\S+\/app\/#\/\?code=(\S+)/.exec(start.output)!
    expect(link).toContain(origin)
    expect((await townAt(origin)).ready).toBe(false)
    const device = { name: 'test' }
    const administrator = { name: 'Ada Schaltwerk', login: 'ada', password: 'a long enough one' }
    const body = JSON.stringify({ code, town: { name: 'Neustadt im Test' }, administrator, device, token: true })
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(origin + paths.setUp, { method: 'POST', headers, body })).ok).toBe(true)
    await start.interrupt()

    const again = new Start('--new', '--data', data, '--port', '0')
    await again.ready()
    expect(again.output).toContain(`${data} holds a town already`)
    expect(again.output).toContain('Neustadt im Test is ready')
  })

  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const start = new Start('--new', '--data', await makeFolder(), '--port', String(port))
    expect(await start.ended).toBe(1)
    expect(start.output).toMatch(new RegExp(`ratssaal: Port ${port} .*taken[^]*--port <number>`))
    expect(start.output).not.toContain('    at ')
  })

  test('a folder that cannot be written', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'file'), '')
    const start = new Start('--new', '--data', join(folder, 'file', 'data'), '--port', '0')
    expect(await start.ended).toBe(1)
    expect(start.output).toMatch(/ratssaal: The data folder .* cannot be written[^]*--data <folder>/)
  })

  test('a store of a newer version, and a damaged one', async () => {
    const folder = await makeFolder()
    const start = new Start('--new', '--data', folder, '--port', '0')
    await start.ready()
    await start.interrupt()
    const office = (await readdir(folder, { recursive: true })).find((path) => /office.*\.sqlite$/.test(path))!
    const database = new DatabaseSync(join(folder, office))
    database.exec('PRAGMA user_version = 99')
    database.close()
    const newer = new Start('--new', '--data', folder, '--port', '0')
    expect(await newer.ended).toBe(1)
    expect(newer.output).toMatch(/ratssaal: .*newer version/)
    await writeFile(join(folder, office), 'this is no database, and long enough to be taken for one'.repeat(200))
    const again = new Start('--new', '--data', folder, '--port', '0')
    expect(await again.ended).toBe(1)
    expect(again.output).toMatch(/ratssaal: .*damaged/)
    expect(again.output).not.toContain('    at ')
  })

  test('an option that does not exist', async () => {
    const start = new Start('--demo=huge')
    expect(await start.ended).toBe(1)
    expect(start.output).toContain('there are small and large')
  })
})
