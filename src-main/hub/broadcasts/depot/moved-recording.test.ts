import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import type { PartHead } from '../../../../shared/council/broadcast-part.ts'
import { ObjectStoreFault, type ObjectStore } from '../../../../shared/ports/object-store.ts'
import { FolderObjectStore } from '../../objects/folder-object-store.ts'
import { makeFolder } from '../../testing/hub.ts'
import type { ToldEntry } from '../journal.ts'
import { Recording } from '../recording.ts'
import { plainInit, plainPart } from '../testing/plain-media.suite.ts'
import { Depot } from './depot.ts'

/** The calls of a store, each by a way that may lead elsewhere. */
function plainly(
  store: ObjectStore,
  call: <Value>(work: () => Promise<Value>) => Promise<Value> = (work) => work(),
): ObjectStore {
  return {
    check: () => call(() => store.check()),
    put: (name, bytes) => call(() => store.put(name, bytes)),
    read: (name, range) => call(() => store.read(name, range)),
    size: (name) => call(() => store.size(name)),
    remove: (name) => call(() => store.remove(name)),
    async *names(prefix) {
      for (const name of await call(() => Array.fromAsync(store.names(prefix)))) yield name
    },
    close: () => store.close(),
  }
}

const stream = 'stream:1'
const rendition = 'high'
const moment = { at: 1_800_000_000_000, epoch: 1 }
const secret = (part: number): string => `~part ${String(part).padStart(2, '0')}~`

interface Opened {
  readonly recording: Recording
  readonly depot: Depot
  readonly told: ToldEntry[]
}

/** A recording on a disk with a depot elsewhere, whose objects are so small that a part lies in several. */
async function makePlace() {
  const root = await makeFolder()
  const [folder, share] = [join(root, 'm1'), join(root, 'share')]
  await mkdir(share)
  const store = new FolderObjectStore(share)
  const open = async (at: ObjectStore | 'nowhere' = store): Promise<Opened> => {
    const depot = new Depot({
      store: at === 'nowhere' ? undefined : at,
      log: pino({ level: 'silent' }),
      pieceBytes: 50,
    })
    onTestFinished(() => depot.stop())
    const { recording, entries } = await Recording.open(folder, depot)
    const told = entries.filter((entry) => entry.kind !== 'init' && entry.kind !== 'part' && entry.kind !== 'piece')
    recording.attach({ moment: () => moment, onTold: (entry) => void told.push(entry) })
    return { recording, depot, told }
  }
  const names = () => Array.fromAsync(store.names('')).then((found) => found.sort())
  const stored = async (): Promise<string> => {
    const chunks: Uint8Array[] = []
    for (const name of await names()) {
      const end = (await store.size(name))! - 1
      for await (const chunk of await store.read(name, { start: 0, end })) chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('latin1')
  }
  const onDisk = async () => (await readdir(folder)).filter((name) => name.endsWith('.mp4'))
  return { open, store, names, stored, onDisk }
}

function announce({ recording }: Opened): Promise<void> {
  const known = { rendition, codecs: 'avc1', bandwidth: 1, init: plainInit.toString('base64') }
  return recording.note({ kind: 'announced', stream, renditions: [known], delay: 0, ...moment })
}

async function record({ recording }: Opened, from: number, to: number): Promise<void> {
  for (let sequence = from; sequence < to; sequence += 1) {
    const captured = { from: sequence * 320, to: (sequence + 1) * 320 }
    const place = { independent: sequence % 6 === 0, last: sequence % 6 === 5 }
    const head: PartHead = { stream, epoch: 1, rendition, sequence, captured, duration: 0.32, ...place }
    await recording.append(head, { init: plainInit, media: plainPart(secret(sequence)), late: false })
  }
}

const end = ({ recording }: Opened): Promise<void> => recording.note({ kind: 'ended', ...moment }, true)

async function stop({ depot, recording }: Opened): Promise<void> {
  await depot.stop()
  await recording.close()
}

/** Settles when something was told so many times, and everything that goes with it is done. */
const wasTold = (opened: Opened, kind: string, times = 1) =>
  expect
    .poll(() => [opened.told.filter((entry) => entry.kind === kind).length, opened.depot.isIdle], { interval: 5 })
    .toEqual([times, true])

async function collect(chunks: AsyncIterable<Buffer> | undefined): Promise<Buffer> {
  return chunks ? Buffer.concat(await Array.fromAsync(chunks)) : Buffer.alloc(0)
}

/** Everything that is read of a recording: as a file, in ranges that begin and end anywhere, and as a download. */
async function everythingOf({ recording }: Opened): Promise<string> {
  const file = recording.file(rendition)
  const size = file?.size ?? 0
  const whole = await collect(file?.read(0, size - 1))
  for (const [start, last] of [
    [0, 0],
    [49, 50],
    [50, 99],
    [7, size - 1],
    [size - 1, size - 1],
  ] as const)
    expect((await collect(file?.read(start, last))).equals(whole.subarray(start, last + 1))).toBe(true)
  const [download] = recording.downloads(rendition)
  const loaded = await collect(download?.bytes())
  expect(loaded.length).toBe(download?.size ?? 0)
  return whole.toString('latin1') + loaded.toString('latin1')
}

const partsIn = (text: string): number[] =>
  [...new Set([...text.matchAll(/~part (\d+)~/g)].map(([, part]) => Number(part)))].sort((a, b) => a - b)
const upTo = (count: number) => Array.from({ length: count }, (_, part) => part)

it('is read as before once it was moved, also after a restart and after it went on', async () => {
  const place = await makePlace()
  let opened = await place.open()
  await announce(opened)
  await record(opened, 0, 12)
  const before = await everythingOf(opened)
  await end(opened)
  await wasTold(opened, 'moved')
  expect([await place.onDisk(), partsIn(await place.stored())]).toEqual([[], upTo(12)])
  expect(await everythingOf(opened)).toBe(before)
  await stop(opened)

  opened = await place.open()
  expect(await everythingOf(opened)).toBe(before)
  await announce(opened)
  await record(opened, 12, 15)
  expect(partsIn(await everythingOf(opened))).toEqual(upTo(15))
  expect(partsIn(await place.stored())).toEqual(upTo(12))
  await end(opened)
  await wasTold(opened, 'moved', 2)
  expect([await place.onDisk(), partsIn(await everythingOf(opened))]).toEqual([[], upTo(15)])
  expect(partsIn(await place.stored())).toEqual(upTo(15))
  await stop(opened)
})

it('gives nothing of what is taken back, wherever it lies, and has it overwritten there', async () => {
  const place = await makePlace()
  const opened = await place.open()
  const { recording } = opened
  await announce(opened)
  await record(opened, 0, 12)
  await end(opened)
  await wasTold(opened, 'moved')
  const objects = await place.names()
  const withheld = recording.withhold(({ sequence }) => sequence === 4, moment)
  // At once, not only when the objects are others.
  expect(partsIn(await everythingOf(opened))).not.toContain(4)
  expect(await withheld).toBe(1)
  await wasTold(opened, 'overwritten')
  const kept = upTo(12).filter((part) => part !== 4)
  expect([partsIn(await place.stored()), await place.names()]).toEqual([kept, objects])
  await stop(opened)

  // While nothing is reached, the bytes are still there, and nobody gets them.
  const away = await place.open('nowhere')
  expect(away.depot.trouble).toBe('unconfigured')
  await away.recording.withhold(({ sequence }) => sequence === 7, moment)
  expect(partsIn(await place.stored())).toContain(7)
  await expect(everythingOf(away)).rejects.toThrow(ObjectStoreFault)
  await stop(away)
  const back = await place.open()
  expect(partsIn(await everythingOf(back))).not.toContain(7)
  await wasTold(back, 'overwritten', 2)
  expect(partsIn(await place.stored())).toEqual(kept.filter((part) => part !== 7))
  await stop(back)
})

it('stores anew what is taken back while it is on its way', async () => {
  const place = await makePlace()
  const back: Promise<number>[] = []
  const opened = await place.open({
    ...plainly(place.store),
    // The second object holds the words of the first part.
    put: async (name, bytes) => {
      await place.store.put(name, bytes)
      if (name.endsWith('/50') && back.length === 0)
        back.push(opened.recording.withhold(({ sequence }) => sequence === 0, moment))
    },
  })
  await announce(opened)
  await record(opened, 0, 3)
  await end(opened)
  await wasTold(opened, 'moved')
  expect(await back[0]).toBe(1)
  expect([partsIn(await place.stored()), partsIn(await everythingOf(opened))]).toEqual([
    [1, 2],
    [1, 2],
  ])
  await stop(opened)
})

it('is removed from wherever it lies, and what comes after has other names', async () => {
  const place = await makePlace()
  const opened = await place.open()
  await announce(opened)
  await record(opened, 0, 6)
  await end(opened)
  await wasTold(opened, 'moved')
  await opened.recording.remove(moment)
  expect(await everythingOf(opened)).toBe('')
  await wasTold(opened, 'emptied')
  expect(await place.names()).toEqual([])
  await announce(opened)
  await record(opened, 6, 8)
  await end(opened)
  await wasTold(opened, 'moved', 2)
  expect(new Set((await place.names()).map((name) => name.split('/').slice(0, 3).join('/')))).toEqual(
    new Set(['m1/1/high']),
  )
  expect(partsIn(await everythingOf(opened))).toEqual([6, 7])
  await stop(opened)
})

/** A store that is gone for good after so many calls, the last one of which it may still have done. */
function brittle(store: ObjectStore, calls: number, isLastDone: boolean): ObjectStore {
  let left = calls
  return plainly(store, async (work) => {
    left -= 1
    if (left > 0) return work()
    const done = left === 0 && isLastDone ? ((await work()) as Partial<AsyncIterable<unknown>> | undefined) : undefined
    if (done?.[Symbol.asyncIterator]) await Array.fromAsync(done as AsyncIterable<unknown>)
    throw new ObjectStoreFault('unreachable', 'gone', 'It is gone.')
  })
}

it('loses and doubles nothing wherever it is interrupted: on the way, while it is overwritten, and while it goes', async () => {
  const broken = { moved: 0, overwritten: 0, emptied: 0, abandoned: 0 }
  const kept = { moved: upTo(4), overwritten: [0, 1, 3], emptied: [], abandoned: [] }
  const run = async (step: keyof typeof broken, calls: number, isLastDone: boolean): Promise<boolean> => {
    const place = await makePlace()
    const fragile = brittle(place.store, calls, isLastDone)
    const isOnItsWay = step === 'moved' || step === 'abandoned'
    let opened = await place.open(isOnItsWay ? fragile : place.store)
    await announce(opened)
    await record(opened, 0, 4)
    await end(opened)
    if (!isOnItsWay) {
      await wasTold(opened, 'moved')
      await stop(opened)
      opened = await place.open(fragile)
      if (step === 'overwritten') await opened.recording.withhold(({ sequence }) => sequence === 2, moment)
      else await opened.recording.remove(moment)
    }
    await expect
      .poll(() => opened.told.at(-1)?.kind, { interval: 2 })
      .toMatch(new RegExp(`stuck|${isOnItsWay ? 'moved' : step}`))
    const isBroken = opened.told.at(-1)?.kind === 'stuck'
    await stop(opened)
    if (step === 'abandoned') {
      opened = await place.open('nowhere')
      await opened.recording.remove(moment)
      await stop(opened)
    }
    // Of the next start only what is on disk and in the store is known.
    opened = await place.open()
    await expect.poll(() => opened.depot.isIdle, { interval: 2 }).toBe(true)
    expect([partsIn(await everythingOf(opened)), partsIn(await place.stored())]).toEqual([kept[step], kept[step]])
    expect(await place.onDisk()).toEqual([])
    const offsets = (await place.names()).map((name) => Number(name.split('/').at(-1))).sort((a, b) => a - b)
    expect(offsets).toEqual(offsets.map((_, piece) => piece * 50))
    if (kept[step].length === 0) expect(offsets).toEqual([])
    await stop(opened)
    return isBroken
  }
  for (const isLastDone of [false, true])
    for (const step of ['moved', 'overwritten', 'emptied', 'abandoned'] as const)
      for (let calls = 1; await run(step, calls, isLastDone); calls += 1) broken[step] += 1
  expect(Math.min(...Object.values(broken))).toBeGreaterThan(5)
})
