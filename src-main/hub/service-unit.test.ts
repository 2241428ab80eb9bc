import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const path = 'resources/ratssaal-hub.service'
const unit = await readFile(path, 'utf8')
const backup = await readFile('resources/ratssaal-backup.service', 'utf8')
const valueOf = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? ''

test('the unit starts programs that are there, with a configuration that it may read', async () => {
  const folder = valueOf('WorkingDirectory')
  const [program, entry, ...args] = valueOf('ExecStart').split(' ')
  for (const file of [program!, entry!]) {
    expect(file.startsWith(`${folder}/`)).toBe(true)
    expect(existsSync(file.slice(folder.length + 1)), file).toBe(true)
  }
  expect(args).toEqual(['--config', '/etc/ratssaal/hub.yml'])
  expect(valueOf('ConfigurationDirectory')).toBe('ratssaal')
  // Where its own comment puts the data is the one folder that the hub may write.
  expect(unit).toContain(`data: /var/lib/${valueOf('StateDirectory')}`)
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> }
  expect(scripts['hub']).toBe(`node ${entry!.slice(folder.length + 1)}`)
})

test('the backup runs as the hub does, from where it reads to where it may write', () => {
  const call = /exec (\S+) (\S+) backup "(\S+)\/\$\(date .*\)" --config (\S+)'/.exec(backup)
  const [, program, entry, target, config] = call ?? []
  expect(valueOf('ExecStart')).toBe(`${program} ${entry} --config ${config}`)
  expect(backup).toContain(`ReadWritePaths=${target} /var/lib/${valueOf('StateDirectory')}`)
  for (const key of ['User', 'Group', 'WorkingDirectory', 'UMask'])
    expect(backup).toContain(`\n${key}=${valueOf(key)}\n`)
})

test.skipIf(spawnSync('systemd-analyze', ['--version']).error)('systemd understands the unit (needs systemd)', () => {
  const { stderr } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' })
  expect(stderr.split('\n').filter((line) => line.includes('ratssaal') && !line.includes('/opt/'))).toEqual([])
})
