import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { paths, type SessionInfo } from '../../shared/hub-api/contract.ts'
import {
  bodyRecord,
  Caller,
  device,
  makeFolder,
  organizationRecord,
  setUp,
  signIn,
  startTestHub,
  writeOffice,
} from './testing/hub.ts'

const entry = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Runs the real process; `until` resolves when it has printed something that matches. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [entry, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  const waiting = new Set<() => void>()
  const note = (chunk: Buffer) => {
    output += chunk.toString()
    for (const look of waiting) look()
  }
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  )
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output)
        if (!match) return
        waiting.delete(look)
        resolve(match)
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`ended before ${pattern}: ${output}`)))
    })
  return { child, ended, until }
}

async function writeConfig(yaml: string): Promise<{ path: string; folder: string }> {
  const folder = await makeFolder()
  const path = join(folder, 'hub.yml')
  await writeFile(path, yaml)
  return { path, folder }
}

const loopback = 'data: data\nlisten: { port: 0 }\n'

/** A data folder as a hub leaves it that ran once. */
async function writeDataOnce(): Promise<{ path: string; folder: string }> {
  const written = await writeConfig(loopback)
  const hub = run('--config', written.path)
  await hub.until(/ready at/)
  hub.child.kill('SIGTERM')
  await hub.ended
  return written
}

test.each(['SIGTERM', 'SIGINT'] as const)('runs, prints how to begin and ends on %s', async (signal) => {
  const { path } = await writeConfig(loopback)
  const hub = run('--config', path)
  const [, origin = ''] = await hub.until(/ready at (http:\/\/127\.0\.0\.1:\d+)\/app\//)
  await hub.until(/^This hub is new\. Code for its set-up: [0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/m)
  await hub.until(/^Desktop apps join with ratssaal:\/\/join\?hub=http%3A%2F%2F127\.0\.0\.1%3A\d+$/m)
  expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  hub.child.kill(signal)
  expect((await hub.ended).code).toBe(0)
})

test('a taken port is one clear message', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { path } = await writeConfig(`data: data\nlisten: { port: ${port} }\nlogLevel: fatal\n`)
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toBe(
    `ratssaal: Port ${port} on 127.0.0.1 is taken by another program, perhaps another hub. Stop it, or set listen.port to another one.\n`,
  )
})

test('a second hub on the same data is refused', async () => {
  const { path } = await writeConfig(loopback)
  await run('--config', path).until(/ready at/)
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toMatch(/^ratssaal: .*data\/store\.sqlite is in use by another process\. Stop the other hub/)
})

test.each(['store.sqlite', 'audiences/office.sqlite', 'accounts.sqlite'])('a damaged %s is named', async (file) => {
  const { path, folder } = await writeDataOnce()
  await writeFile(join(folder, 'data', file), 'this is not a database, but long enough to look like one'.repeat(100))
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toMatch(/^ratssaal: .* is damaged\. Stop the hub and restore the newest backup\.$/m)
  expect(output).toContain(join(folder, 'data', file))
  expect(output).not.toContain('    at ')
})

test.each(['store.sqlite', 'audiences/office.sqlite', 'accounts.sqlite'])('a newer %s is named', async (file) => {
  const { path, folder } = await writeDataOnce()
  const database = new DatabaseSync(join(folder, 'data', file))
  database.exec('PRAGMA user_version = 99')
  database.close()
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toMatch(/^ratssaal: .* newer /m)
  expect(output).toContain(join(folder, 'data', file))
  expect(output).not.toContain('    at ')
})

test.each(['backup', 'restore'])('%s says how to copy a hub whose documents are in CouchDB', async (command) => {
  const { path, folder } = await writeConfig('data: data\nstore: http://hub:geheim@127.0.0.1:1\n')
  const { code, output } = await run(command, join(folder, 'target'), '--config', path).ended
  expect(code).toBe(1)
  expect(output).toMatch(/^ratssaal: The documents of this hub are in CouchDB, .*replicate/)
  expect(output).not.toContain('geheim')
  expect(await readdir(folder)).toEqual(['hub.yml'])
})

test('a data folder that cannot be written is named', async () => {
  const { path, folder } = await writeConfig('data: file/data\nlisten: { port: 0 }\n')
  await writeFile(join(folder, 'file'), '')
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toBe(
    `ratssaal: The data folder ${folder}/file/data cannot be written (ENOTDIR). Give it to the user that runs the hub, or name another one under "data".\n`,
  )
})

// Root may write everywhere: then there is nothing to see.
test.skipIf(process.getuid?.() === 0)('a data folder of somebody else is named', async () => {
  const { path, folder } = await writeConfig(loopback)
  await mkdir(join(folder, 'data'))
  await chmod(join(folder, 'data'), 0o500)
  const { code, output } = await run('--config', path).ended
  expect([code, output]).toEqual([1, expect.stringMatching(/cannot be written \(EACCES\)/)])
})

test('a wrong configuration is named key by key', async () => {
  const { path } = await writeConfig('listen: { port: many }\ncolour: red\n')
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toBe(
    [
      `ratssaal: ${path} cannot be used:`,
      '  listen.port: must be a whole number of ports from 0 to 65535',
      '  colour: is no key of this file; take it out, or look for a misspelling',
      '',
    ].join('\n'),
  )
})

test('a key of another certificate is named', async () => {
  const { path, folder } = await writeConfig('data: data\ntls: { certificate: main.ts, key: main.ts }\n')
  await writeFile(join(folder, 'main.ts'), await readFile(entry))
  const { code, output } = await run('--config', path).ended
  expect(code).toBe(1)
  expect(output).toMatch(/^ratssaal: tls: .* have to be a certificate and its private key/)
})

test.each([[['dance']], [['backup']], [['run', 'fast']], [['--colour']]])(
  '%j is answered with the usage',
  async (args) => {
    const { code, output } = await run(...args).ended
    expect(code).toBe(1)
    expect(output).toMatch(/^ratssaal: /)
    expect(output).toContain('Usage: npm run hub')
    expect(await run('--help').ended).toMatchObject({ code: 0 })
  },
)

test('resets a forgotten password while the hub runs, and signs out everywhere', async () => {
  const hub = await startTestHub()
  const ada = await setUp(hub)
  const config = join(hub.folder, 'hub.yml')
  await writeFile(config, `data: ${hub.folder}\n`)
  const changes: string[] = []
  hub.sessions.onChange(({ kind, account }) => changes.push(`${kind} ${account}`))

  const unknown = await run('reset-password', 'grace', '--config', config).ended
  expect(unknown).toEqual({ code: 1, output: 'ratssaal: There is no login "grace". There are: ada.\n' })

  const { code, output } = await run('reset-password', 'ada', '--config', config).ended
  const [, password] = /^New password of Ada Amt: ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){4})$/m.exec(output)!
  expect(code).toBe(0)
  expect((await ada.tell('GET', paths.session)).status).toBe(401)
  await expect.poll(() => changes).toContain(`changed ${ada.session!.account.id}`)
  await expect(signIn(hub, 'ada')).rejects.toThrow('401')
  const again = await new Caller(hub.origin).tell<SessionInfo>('POST', paths.session, {
    login: 'ada',
    password,
    device: device(),
  })
  expect(again.status).toBe(200)
})

test('audits what is published while the hub runs, and publishes anew when it does not', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  await writeOffice(hub, bodyRecord('town'), organizationRecord('council', 'council'))
  const config = join(hub.folder, 'hub.yml')
  await writeFile(config, `data: ${hub.folder}\nlogLevel: fatal\n`)
  await fetch(`${hub.origin}/readyz`)
  const clean = 'Everything published is the image of the working state, and nothing else is published.\n'
  expect(await run('audit-publication', '--config', config).ended).toEqual({ code: 0, output: clean })
  expect((await run('rebuild-publication', '--config', config).ended).output).toMatch(/^ratssaal: .* is in use/)

  const published = await hub.store.open('public')
  const council = (await published.get('organization:council'))!
  const written = await published.write([
    { ...council, name: 'Something else' },
    { _id: 'meeting:closed', type: 'meeting' },
  ])
  expect(written.map(({ ok }) => ok)).toEqual([true, true])
  const found = await run('audit-publication', '--config', config).ended
  expect(found.code).toBe(1)
  expect(found.output).toContain('different: organization:council in public\n')
  expect(found.output).toContain('surplus: meeting:closed in public\n')
  expect(found.output).not.toContain('Something')

  await hub.stop()
  const rebuilt = await run('rebuild-publication', '--config', config).ended
  expect(rebuilt).toEqual({ code: 0, output: 'Published anew; 2 documents were other ones before.\n' })
  expect((await run('audit-publication', '--config', config).ended).output).toBe(clean)
  expect((await readdir(hub.folder)).filter((name) => name.startsWith('.'))).toEqual([])
})
