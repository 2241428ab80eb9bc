import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { listPackage } from '@electron/asar'
import { build, Platform } from 'electron-builder'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { icons } from './icons.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
/** By this text the fuses are found in Electron's binary; version 1, nine fuses, all removed, follow it. */
const fuseWire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009${'1'.repeat(9)}`

/** A folder that looks like Electron's distribution to the packager: it copies, renames and flips fuses, no more. */
async function makeElectronFolder(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true })
  await writeFile(join(folder, 'electron'), `no binary\n${fuseWire}\n`, { mode: 0o755 })
  await writeFile(join(folder, 'LICENSE'), '')
  await writeFile(join(folder, 'LICENSES.chromium.html'), '')
  await writeFile(join(folder, 'version'), '45.4.1')
}

test('a package holds the built app alone, in one archive, with every fuse set', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-package-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await makeElectronFolder(join(folder, 'electron'))
  // The real configuration over files that are quick to pack; the packager checks it against its own schema.
  const app = join(folder, 'app')
  for (const file of [
    'out/main/main.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
    'out/main/main.js.map',
    'out/renderer/assets/main.js.br',
  ]) {
    await mkdir(join(app, file, '..'), { recursive: true })
    await writeFile(join(app, file), '// built\n')
  }
  await mkdir(join(app, 'node_modules/left-behind'), { recursive: true })
  await writeFile(join(app, 'node_modules/left-behind/package.json'), '{"name":"left-behind","version":"1.0.0"}')
  await cp(join(project, 'resources/icons'), join(app, 'resources/icons'), { recursive: true })
  const { name, version, description, author, license, main } = JSON.parse(
    await readFile(join(project, 'package.json'), 'utf8'),
  ) as Record<string, string>
  await writeFile(join(app, 'package.json'), JSON.stringify({ name, version, description, author, license, main }))

  const config = parse(await readFile(join(project, 'electron-builder.yml'), 'utf8')) as object
  await build({
    projectDir: app,
    targets: Platform.LINUX.createTarget('dir'),
    config: { ...config, electronDist: join(folder, 'electron'), electronVersion: '45.4.1' },
    publish: 'never',
  })

  const packed = join(app, 'dist/linux-unpacked')
  const files = listPackage(join(packed, 'resources/app.asar'), { isPack: false }).filter((path) => path.includes('.'))
  expect(files.toSorted()).toEqual([
    '/out/main/main.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
    '/package.json',
  ])
  const wire = await getCurrentFuseWire(join(packed, 'ratssaal'))
  const fuses = Object.fromEntries(
    Object.entries(FuseV1Options)
      .filter(([name]) => Number.isNaN(Number(name)))
      .map(([name, index]) => [name, FuseState[wire[index as FuseV1Options] ?? FuseState.REMOVED]]),
  )
  expect(fuses).toEqual({
    RunAsNode: 'DISABLE',
    EnableCookieEncryption: 'ENABLE',
    EnableNodeOptionsEnvironmentVariable: 'DISABLE',
    EnableNodeCliInspectArguments: 'DISABLE',
    EnableEmbeddedAsarIntegrityValidation: 'ENABLE',
    OnlyLoadAppFromAsar: 'ENABLE',
    LoadBrowserProcessSpecificV8Snapshot: 'DISABLE',
    GrantFileProtocolExtraPrivileges: 'DISABLE',
    WasmTrapHandlers: expect.any(String) as string,
  })
})

test('every icon that packages and the web app name is drawn', () => {
  expect(icons.filter(({ name }) => !existsSync(join(project, 'resources/icons', name)))).toEqual([])
})
