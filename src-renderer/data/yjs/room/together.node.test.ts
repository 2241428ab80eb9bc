import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { devicePages, launchBrowser } from '../../testing/browser.suite.ts'
import { page, TestRoom, type RoomWindow } from '../../testing/room.suite.ts'

let app: string
let browser: Browser
beforeAll(async () => {
  app = await devicePages()
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const patience = { timeout: 30_000 }
const megabyte = 1_000_000

/** Windows that are in, linked with each other. */
async function startTogether(...names: readonly string[]): Promise<{ room: TestRoom; windows: RoomWindow[] }> {
  const room = new TestRoom(browser, app)
  const windows: RoomWindow[] = []
  for (const name of names) {
    const window = await room.window(name)
    await window.connect()
    windows.push(window)
  }
  for (const window of windows)
    await expect
      .poll(() => window.state(), patience)
      .toMatchObject({ phase: 'together', direct: names.length - 1, people: names.length - 1 })
  return { room, windows }
}

test('a board of 3 MB reaches who joins over a link alone', async () => {
  const { room, windows } = await startTogether('Ada')
  const [ada] = windows as [RoomWindow]
  for (let part = 0; part < 3; part++) await ada.draw(`part ${part}`, megabyte)
  const ben = await room.window('Ben')
  room.carried.update = 0
  await ben.connect()
  await expect
    .poll(() => ben.state(), patience)
    .toMatchObject({ phase: 'together', bytes: 3 * megabyte, direct: 1, isComplete: true })
  expect(room.carried.update).toBe(0)
  const carried = ben.told.reduce((sum, news) => sum + (news.kind === 'frame' ? news.body.length : 0), 0)
  expect(carried).toBeLessThan(100_000)
  await ben.draw('Antwort', megabyte)
  await expect.poll(async () => (await ada.state()).bytes, patience).toBe(4 * megabyte)
})

test('nobody sends an update twice, and nobody sends on what is another’s', async () => {
  const { room, windows } = await startTogether('Ada', 'Ben', 'Cem', 'Dora')
  room.carried.update = 0
  const before = await Promise.all(windows.map((window) => window.do((own) => own.sentOverLinks(), null)))
  expect(before).toEqual([[], [], [], []])
  for (let stroke = 0; stroke < 20; stroke++) await windows[stroke % 4]!.draw(`Strich ${stroke}`)
  for (const window of windows) await expect.poll(async () => (await window.state()).ids.length, patience).toBe(20)
  const sent = await Promise.all(windows.map((window) => window.do((own) => own.sentOverLinks(), null)))
  // Five strokes each, each once to each of the three others.
  expect(sent).toEqual(windows.map(() => [3, 3, 3, 3, 3]))
  expect(room.carried.update).toBe(0)

  // A screen of the room has no links: it hears through the hub, from who draws, and nobody else hears it twice.
  const [ada] = windows as [RoomWindow]
  const screen = room.screen()
  await expect.poll(async () => (await ada.state()).projectors, patience).toEqual(['projector:1'])
  const frames = windows.map(({ told }) => told.filter(({ kind }) => kind === 'frame').length)
  await ada.draw('für alle')
  await expect.poll(() => screen.heard, patience).toEqual([`update ${page}`])
  for (const window of windows) await expect.poll(async () => (await window.state()).ids.length, patience).toBe(21)
  screen.end()
  await expect.poll(async () => (await ada.state()).projectors, patience).toEqual([])
  await ada.draw('unter uns')
  for (const window of windows) await expect.poll(async () => (await window.state()).ids.length, patience).toBe(22)
  expect(room.carried.update).toBe(1)
  expect(windows.map(({ told }) => told.filter(({ kind }) => kind === 'frame').length)).toEqual(frames)
})

test('who was cut off has everything when they are back, and the others have theirs', async () => {
  const { windows } = await startTogether('Ada', 'Ben', 'Cem')
  const [ada, ben, cem] = windows as [RoomWindow, RoomWindow, RoomWindow]
  await ada.draw('davor')
  await ada.draw('weg')
  await expect.poll(async () => (await ben.state()).ids, patience).toEqual(['davor', 'weg'])
  await ben.disconnect()
  await expect.poll(() => ben.state(), patience).toMatchObject({ phase: 'alone', direct: 0 })
  await ada.draw('drinnen')
  await ada.do((page) => page.erase('weg'), null)
  await ben.draw('draußen')
  await expect.poll(async () => (await cem.state()).ids, patience).toEqual(['davor', 'drinnen'])
  await ben.connect()
  for (const window of windows)
    await expect.poll(async () => (await window.state()).ids, patience).toEqual(['davor', 'draußen', 'drinnen'])
})

test('without a link everything goes through the hub', async () => {
  const room = new TestRoom(browser, app)
  const [ada, ben] = [await room.window('Ada'), await room.window('Ben')]
  await ben.page.evaluate("RTCPeerConnection.prototype.setLocalDescription = () => Promise.reject(new Error('none'))")
  await ada.connect()
  await ada.draw('davor')
  await ben.connect()
  await expect.poll(() => ben.state(), patience).toMatchObject({ phase: 'together', ids: ['davor'], direct: 0 })
  await ada.draw('danach')
  await expect.poll(async () => (await ben.state()).ids, patience).toEqual(['danach', 'davor'])
  // What was drawn before anybody came was told to nobody, but asked for.
  expect(room.carried.update).toBe(1)
})

test('a stroke under the pen is seen while it is drawn', async () => {
  const { windows } = await startTogether('Ada', 'Ben')
  const [ada, ben] = windows as [RoomWindow, RoomWindow]
  for (const points of [5, 40, 300]) {
    await ada.do((page, count) => page.sketch(count), points)
    await expect.poll(() => ben.do((page) => page.glimpsed(), null), patience).toEqual({ Ada: points })
  }
  expect((await ben.state()).ids).toEqual([])
  await ada.disconnect()
  await expect.poll(() => ben.do((page) => page.glimpsed(), null), patience).toEqual({})
})

test('a device that may not be here hears nothing, and has no link', async () => {
  const { room, windows } = await startTogether('Ada', 'Ben')
  const stranger = await room.stranger('Fremd')
  await stranger.connect()
  await windows[0]!.draw('geheim')
  await windows[0]!.do((page) => page.sketch(10), null)
  await expect.poll(async () => (await windows[1]!.state()).ids, patience).toEqual(['geheim'])
  expect(stranger.told).toEqual([{ kind: 'out', because: 'no-such-room' }])
  expect(await stranger.state()).toMatchObject({ ids: [], phase: 'alone', direct: 0, people: 0 })
  expect(await stranger.do((page) => page.glimpsed(), null)).toEqual({})
})
