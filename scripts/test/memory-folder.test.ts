import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeMemoryFolder } from './memory-folder.ts'

const mount = mkdtempSync(join(tmpdir(), 'memory-folder-'))
afterEach(() => {
  for (const entry of readdirSync(mount)) rmSync(join(mount, entry), { recursive: true })
})

test.skipIf(process.platform === 'win32')('a folder is made where there is room, and nothing lies in it', () => {
  const folder = makeMemoryFolder(mount, { folder: 1, memory: 1 })
  expect(folder && existsSync(folder) && readdirSync(folder)).toEqual([])
})

test('none is made without room, or where there is no such place', () => {
  expect(makeMemoryFolder(mount, { folder: Infinity, memory: 1 })).toBeUndefined()
  expect(makeMemoryFolder(mount, { folder: 1, memory: Infinity })).toBeUndefined()
  expect(makeMemoryFolder(join(mount, 'nowhere'), { folder: 1, memory: 1 })).toBeUndefined()
  expect(readdirSync(mount)).toEqual([])
})
