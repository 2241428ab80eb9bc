import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import packageFile from '../../package.json' with { type: 'json' }
import { elsewhereBy, type MediaElsewhere } from './broadcasts/depot/elsewhere.ts'
import { StartFault } from './start-fault.ts'
import { copyDatabase, openSqliteStore } from './store/index.ts'

const manifestName = 'backup.json'
const manifestSchema = v.object({ format: v.literal(1), made: v.string(), version: v.string() })
/** Stands in a data folder while a backup is copied into it; a hub does not start there. */
export const unfinishedRestore = 'restore-is-unfinished'

/** Names the incarnation of the data: what is restored is another one. */
const incarnation = 'store.sqlite'
const isDatabase = /\.sqlite(?:-wal|-shm|-journal)?$/
/** Says where the media beside it lies, which may move while it is copied: what is copied last names no less. */
const isJournal = /^broadcasts[/\\][^/\\]+[/\\]journal\.jsonl$/
/** Files that nobody has received whole: their devices send them again. */
const isUnderWay = /^(?:uploads|files[/\\]incoming)[/\\]/

/** What a backup holds, and what lies elsewhere. */
export interface BackedUp {
  readonly files: number
  /** Media of recordings in the store that "recordings" names: the backup says which, and does not hold it. */
  readonly elsewhere: MediaElsewhere
}

/**
 * Copies the data folder of a hub, which may go on running. Databases come first, each as it is at one instant: a file
 * is always there before a document names it, so what the copied documents name is copied after them.
 * Throws `StartFault` when the target is not free.
 */
export async function backUp(data: string, target: string): Promise<BackedUp> {
  if (!existsSync(data)) throw new StartFault(`There is no data folder ${data}. Name the right one under "data".`)
  if (existsSync(target) && (await readdir(target)).length > 0)
    throw new StartFault(`${target} is there already. Name a folder that does not exist or is empty.`)
  const unfinished = join(dirname(target), `.${basename(target)}.unfinished`)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const databases = (await filesIn(data)).filter((path) => path.endsWith('.sqlite') && path !== incarnation)
  for (const path of databases) await copyInto(unfinished, path, (to) => copyDatabase(join(data, path), to))
  const others = (await filesIn(data))
    .filter((path) => !isDatabase.test(path) && !isUnderWay.test(path))
    .sort((a, b) => Number(isJournal.test(a)) - Number(isJournal.test(b)))
  for (const path of others) await copyInto(unfinished, path, (to) => copyIfThere(join(data, path), to))
  const elsewhere = await mediaElsewhere(unfinished, others)
  const manifest = { format: 1, made: new Date().toISOString(), version: packageFile.version, elsewhere }
  await writeFile(join(unfinished, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true })
  await rename(unfinished, target)
  return { files: databases.length + others.length, elsewhere }
}

/**
 * Makes the data folder of a new hub from a backup. Its data gets a new name, so that devices, which may know newer
 * documents than the backup, start afresh. Throws `StartFault` when there is no whole backup or the folder is not free.
 */
export async function restore(source: string, data: string): Promise<BackedUp & { uuid: string }> {
  await checkManifest(source)
  if (existsSync(data) && (await readdir(data)).length > 0)
    throw new StartFault(
      `The data folder ${data} is not empty. Move what is there away, or name another folder under "data".`,
    )
  await mkdir(data, { recursive: true, mode: 0o700 })
  const mark = join(data, unfinishedRestore)
  await writeFile(mark, source, { flush: true })
  const paths = (await filesIn(source)).filter((path) => path !== manifestName)
  for (const path of paths) await copyInto(data, path, (to) => copyFile(join(source, path), to))
  const store = await openSqliteStore({ folder: data })
  const uuid = store.uuid()
  await store.close()
  await rm(mark)
  return { files: paths.length, elsewhere: await mediaElsewhere(data, paths), uuid }
}

async function checkManifest(source: string): Promise<void> {
  let manifest: unknown
  try {
    manifest = JSON.parse(await readFile(join(source, manifestName), 'utf8'))
  } catch {
    throw new StartFault(`${source} is no backup of a hub, or not a whole one: it has no readable ${manifestName}.`)
  }
  if (!v.is(manifestSchema, manifest))
    throw new StartFault(`${source} was made by another version of this program. Restore it with that version.`)
}

async function mediaElsewhere(folder: string, paths: readonly string[]): Promise<MediaElsewhere> {
  const journals = paths.filter((path) => isJournal.test(path))
  return elsewhereBy(await Promise.all(journals.map((path) => readFile(join(folder, path), 'utf8'))))
}

async function copyInto(folder: string, path: string, copy: (to: string) => Promise<void>): Promise<void> {
  const to = join(folder, path)
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await copy(to)
}

/** What no document names is removed while the hub runs. */
async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
  }
}

/** Paths of all files below a folder, relative to it; what begins with a dot is only under way. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.'))
    .sort()
}
