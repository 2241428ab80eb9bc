import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { BrowserContext, Page } from 'playwright-core'
import { paths, type SessionInfo } from '../shared/hub-api/contract.ts'
import { checkConfig } from '../src-main/hub/config.ts'
import { startHub, type Hub } from '../src-main/hub/start-hub.ts'
import { buildDevicePage, launchBrowser } from '../src-renderer/data/testing/browser.suite.ts'
import { startFront, type Front } from '../src-renderer/data/testing/front.suite.ts'

const login = { login: 'ada', password: 'correct horse battery' }
const stamps = { schema: 1, created: '2026-01-05T09:00:00Z', modified: '2026-01-05T09:00:00Z' }
const wording = 'Der Ausschuss empfiehlt dem Rat die Zustimmung zur Vorlage der Verwaltung. '

/** A hub with a town of a given size in front of real browsers. */
export interface LargeTown {
  readonly hub: Hub
  readonly front: Front
  /** A page of a fresh device, signed in by cookie. */
  openPage(name: 'device' | 'replication', context?: BrowserContext): Promise<Page>
  newContext(): Promise<BrowserContext>
  /** Seconds of CPU of all processes of the browser so far. */
  cpu(): Promise<number>
  close(): Promise<void>
}

/** Records of one term: a fifth meetings and their items, else papers; each about 660 bytes. */
function* recordsOf(term: string, count: number): Generator<Record<string, unknown> & { _id: string }> {
  for (let place = 0; place < count; place += 1) {
    const key = `${term}-${String(place).padStart(6, '0')}`
    const common = { ...stamps, term: `legislative-term:${term}`, public: true }
    const publication = { state: 'draft', step: 0 }
    if (place % 50 === 0)
      yield {
        ...{ _id: `meeting:${key}`, type: 'meeting', ...common, name: `Sitzung ${place}`, publication },
        ...{ organization: ['organization:main'], start: '2026-12-01T17:00:00Z' },
      }
    else if (place % 5 === 0)
      yield {
        ...{ _id: `agenda-item:${key}`, type: 'agenda-item', ...common, order: 'a0', name: `Punkt ${place}` },
        ...{ meeting: `meeting:${term}-${String(place - (place % 50)).padStart(6, '0')}` },
        resolutionText: wording.repeat(5),
      }
    else
      yield {
        ...{ _id: `paper:${key}`, type: 'paper', ...common, publication, reference: `${place}/2026` },
        name: `Vorlage ${place}: ${wording}`,
        originatorOrganization: Array.from({ length: 9 }, (_, n) => `organization:01KAR4XGQ3JZ8M5V2N7T9W1${n}BC`),
      }
  }
}

export async function openLargeTown(running: number, closed: number): Promise<LargeTown> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-bench-'))
  const config = checkConfig({ data: folder, listen: { port: 0 }, logLevel: 'error' }, folder)
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  const hub = await startHub(config.value, { logTo: new Writable({ write: (_chunk, _encoding, done) => done() }) })
  await fill(hub, running, closed)
  const page = await buildDevicePage()
  const [front, browser] = [await startFront(page), await launchBrowser()]
  front.leadTo(hub.origin)
  await setUp(hub)
  const session = await browser.newBrowserCDPSession()
  const newContext = (): Promise<BrowserContext> => browser.newContext()
  return {
    ...{ hub, front, newContext },
    async openPage(name, context) {
      const opened = await (context ?? (await newContext())).newPage()
      await opened.goto(`${front.origin}/app/${name}.html`)
      if (name === 'device') await opened.waitForFunction('globalThis.device')
      else await opened.evaluate(signInByFetch, { ...login, device: { name: 'Bench' } })
      return opened
    },
    async cpu() {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo')
      return processInfo.reduce((total, { cpuTime }) => total + cpuTime, 0)
    },
    async close() {
      await browser.close()
      await front.close()
      await hub.stop()
      for (const path of [folder, page]) await rm(path, { recursive: true, force: true })
    },
  }
}

export const signIn = (page: Page): Promise<unknown> =>
  page.evaluate(`device.data.signIn('${login.login}', '${login.password}')`)

const signInByFetch = (body: unknown): Promise<number> =>
  fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then(({ status }) => status)

async function fill(hub: Hub, running: number, closed: number): Promise<void> {
  const office = await hub.store.open('office')
  const term = (key: string, more: object) => ({
    ...{ _id: `legislative-term:${key}`, type: 'legislative-term', ...stamps, body: 'body:town', name: key },
    ...more,
  })
  await office.write([
    { _id: 'body:town', type: 'body', ...stamps, name: 'Stadt' },
    term('now', { startDate: '2024-07-01' }),
    term('old', { startDate: '2019-07-01', endDate: '2024-06-30' }),
  ])
  const records = [...recordsOf('now', running), ...recordsOf('old', closed)]
  for (let start = 0; start < records.length; start += 1000) await office.write(records.slice(start, start + 1000))
}

async function setUp(hub: Hub): Promise<SessionInfo> {
  const response = await fetch(hub.origin + paths.setUp, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ code: hub.setUpCode, town: { name: 'Stadt' }, device: { name: 'Bench' }, token: true },
      administrator: { name: 'Ada Amt', ...login },
    }),
  })
  if (!response.ok) throw new Error(`set-up: ${response.status}`)
  return (await response.json()) as SessionInfo
}
