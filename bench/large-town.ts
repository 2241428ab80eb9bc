import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { BrowserContext, Page } from 'playwright-core'
import { paths, type SessionInfo } from '../shared/hub-api/contract.ts'
import { checkConfig } from '../src-main/hub/config.ts'
import { startHub, type Hub } from '../src-main/hub/start-hub.ts'
import { devicePages, launchBrowser } from '../src-renderer/data/testing/browser.suite.ts'
import { startFront, type Front } from '../src-renderer/data/testing/front.suite.ts'

export const login = { login: 'ada', password: 'correct horse battery' }
const organization = 'organization:main'
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

type Document = Record<string, unknown> & { readonly _id: string }
interface Term {
  readonly key: string
  readonly from: number
  readonly to: number
}

const day = 86_400_000
/** From the making of a meeting to its start: some are always ahead. */
const meetingAhead = 200 * day
const now = Date.now()
const running: Term = { key: 'now', from: now - 700 * day, to: now }
const closed: Term = { key: 'old', from: now - 2500 * day, to: now - 700 * day }
const instant = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
const dayOf = (at: number): string => instant(at).slice(0, 10)

/**
 * Records of one term, evenly over its days: of fifty one meeting, nine items, ten consultations, else papers. Meetings
 * ahead are published.
 */
function* recordsOf({ key: term, from, to }: Term, count: number): Generator<Document> {
  for (let place = 0; place < count; place += 1) {
    const keyOf = (of: number): string => `${term}-${String(of).padStart(6, '0')}`
    const key = keyOf(place)
    const meeting = place - (place % 50)
    const madeAt = (of: number): number => from + ((to - from) * of) / count
    const made = instant(madeAt(place))
    const publication = { state: 'draft', step: 0 }
    const common = { schema: 1, created: made, modified: made, term: `legislative-term:${term}`, public: true }
    if (place === meeting) {
      const start = madeAt(place) + meetingAhead
      yield {
        ...{ _id: `meeting:${key}`, type: 'meeting', ...common, name: `Sitzung ${place}` },
        ...{ organization: [organization], start: instant(start) },
        publication: start > now ? { state: 'published', step: 1 } : publication,
      }
    } else if (place % 5 === 0)
      yield {
        ...{ _id: `agenda-item:${key}`, type: 'agenda-item', ...common, order: `a${(place % 50) / 5}` },
        ...{ name: `Punkt ${place}`, meeting: `meeting:${keyOf(meeting)}`, resolutionText: wording.repeat(5) },
      }
    else if (place % 5 === 1) {
      const { public: _, ...own } = common
      yield {
        ...{ _id: `consultation:${key}`, type: 'consultation', ...own, paper: `paper:${keyOf(place + 1)}` },
        ...{ meeting: `meeting:${keyOf(meeting)}`, organization: [organization], role: wording.repeat(4) },
      }
    } else
      yield {
        ...{ _id: `paper:${key}`, type: 'paper', ...common, publication, reference: `${place}/2026` },
        ...{ name: `Vorlage ${place}: ${wording}`, date: made.slice(0, 10) },
        originatorOrganization: Array.from({ length: 9 }, (_, n) => `organization:01KAR4XGQ3JZ8M5V2N7T9W1${n}BC`),
      }
  }
}

/** @param size documents of the running term and of the closed one */
export async function openLargeTown(size: { running: number; closed: number }): Promise<LargeTown> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-bench-'))
  const config = checkConfig({ data: folder, listen: { port: 0 }, logLevel: 'error' }, folder)
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  const hub = await startHub(config.value, { logTo: new Writable({ write: (_chunk, _encoding, done) => done() }) })
  await fill(hub, size)
  const page = await devicePages()
  const [front, browser] = [await startFront(page), await launchBrowser()]
  front.leadTo(hub.origin)
  await setUp(hub)
  const session = await browser.newBrowserCDPSession()
  const newContext = (): Promise<BrowserContext> => browser.newContext({ locale: 'de-DE' })
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

async function fill(hub: Hub, size: { running: number; closed: number }): Promise<void> {
  const office = await hub.store.open('office')
  const stamps = { schema: 1, created: instant(closed.from), modified: instant(closed.from) }
  const toTerm = ({ key, from, to }: Term, isOver: boolean): Document => ({
    ...{ _id: `legislative-term:${key}`, type: 'legislative-term', ...stamps, body: 'body:town', name: key },
    ...{ startDate: dayOf(from), ...(isOver ? { endDate: dayOf(to) } : {}) },
  })
  await office.write([
    { _id: 'body:town', type: 'body', ...stamps, name: 'Stadt' },
    { _id: organization, type: 'organization', ...stamps, body: 'body:town', name: 'Rat', organizationType: 'council' },
    toTerm(running, false),
    toTerm(closed, true),
  ])
  const records = [...recordsOf(running, size.running), ...recordsOf(closed, size.closed)]
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
