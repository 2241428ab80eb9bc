import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { findChromium, sandboxArguments } from '../scripts/chromium.ts'
import type { Pouch } from '../src-main/hub/replication/pouchdb-client.suite.ts'
import { inTurn, lessIsBetter, percentile, type Figure } from './figure.ts'
import type { HubProcess } from './hub-process.ts'

const rounds = 3
/** Changes of a round of which the 95th percentile is taken. */
const changesSeen = 40
/** Milliseconds between two changes of a person at work; the reference writes its checkpoints meanwhile. */
const betweenChanges = 150

/** Milliseconds from saving on one device until another one has it in its database; both are databases of a browser. */
export async function seenElsewhere(hub: HubProcess): Promise<Figure> {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: sandboxArguments(),
  })
  try {
    const page = await browser.newPage()
    await page.goto(`${hub.url}/db/`)
    await page.addScriptTag({ content: await bundlePouchDb() })
    await page.evaluate(installPairs, { tickets: [await hub.ticket('device-1')] })
    const round = (pair: PairName) => () => percentileOf(page, pair)
    // The first change of each opens connections and compiles.
    await change(page, 'ours', 'note:first-ours')
    await change(page, 'reference', 'note:first-reference')
    const measured = await inTurn(rounds, round('ours'), round('reference'))
    return lessIsBetter('change on A seen on B, p95', { ...measured, goal: 2, unit: 'ms' })
  } finally {
    await browser.close()
  }
}

type PairName = 'ours' | 'reference'
let changes = 0

async function percentileOf(page: Page, pair: PairName): Promise<number> {
  const times: number[] = []
  for (let done = 0; done < changesSeen; done += 1) {
    times.push(await change(page, pair, `note:${changes++}`))
    await pause(betweenChanges)
  }
  return percentile(times, 0.95)
}

const change = (page: Page, pair: PairName, id: string): Promise<number> =>
  page.evaluate(([name, id]) => (globalThis as unknown as Installed).change(name, id), [pair, id] as const)

/** PouchDB as it comes from its packages, for a page. */
async function bundlePouchDb(): Promise<string> {
  const entry = 'virtual:pouchdb'
  const code = `
    import PouchDB from 'pouchdb-core'
    import idb from 'pouchdb-adapter-idb'
    import http from 'pouchdb-adapter-http'
    import replication from 'pouchdb-replication'
    globalThis.PouchDB = PouchDB.plugin(idb).plugin(http).plugin(replication)`
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { global: 'globalThis' },
    plugins: [
      {
        name: 'pouchdb-entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: { write: false, minify: false, rollupOptions: { input: entry, output: { format: 'iife' } } },
  })
  const [chunk] = (built as Rollup.RollupOutput).output
  return chunk.code
}

interface Installed {
  readonly PouchDB: new (name: string, options?: object) => Pouch
  change: (pair: PairName, id: string) => Promise<number>
}

/** Runs in the page: two pairs of devices, one live by our feed and one by PouchDB's own replication. */
async function installPairs({ tickets }: { tickets: string[] }): Promise<void> {
  const installed = globalThis as unknown as Installed & { location: { origin: string; host: string } }
  const { PouchDB, location } = installed
  const open = (name: string) => new PouchDB(name, { adapter: 'idb' })
  const bearer = (device: string) => ({ authorization: `Bearer ${device}` })
  const remote = (device: string) => new PouchDB(`${location.origin}/db/faction-greens`, { headers: bearer(device) })

  const ours = [open('ours-a'), open('ours-b')] as const
  const saved = ours[0].changes({ live: true, since: 'now' })
  void saved.on('change', ({ id }: { id: string }) => void send(id))
  const send = async (id: string): Promise<void> => {
    const body = JSON.stringify({ docs: [await ours[0].get(id, { revs: true })], new_edits: false })
    const headers = { ...bearer('device-0'), 'content-type': 'application/json' }
    const answer = await fetch('/db/user-ada/_bulk_docs', { method: 'POST', headers, body })
    if (answer.status !== 201) throw new Error(`The hub refused a note with ${answer.status}.`)
  }
  const socket = new WebSocket(`ws://${location.host}/api/live?ticket=${tickets[0]}`)
  socket.onopen = () => socket.send(JSON.stringify({ kind: 'subscribe', since: { 'user-ada': 0 } }))
  await new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      const tell = JSON.parse(String(data)) as { documents: object[] }
      resolve()
      if (tell.documents.length > 0) void ours[1].bulkDocs(tell.documents, { new_edits: false })
    }
  })

  const reference = [open('reference-a'), open('reference-b')] as const
  const options = { live: true, retry: false }
  void reference[0].replicate.to(remote('device-2'), options)
  void reference[1].replicate.from(remote('device-3'), options)

  const pairs = { ours, reference }
  installed.change = async (pair, id) => {
    const [a, b] = pairs[pair]
    let seen = (_at: number): void => undefined
    const arrived = new Promise<number>((resolve) => (seen = resolve))
    const feed = b.changes({ live: true, since: 'now' })
    void feed.on('change', (change: { id: string }) => {
      if (change.id === id) seen(performance.now())
    })
    const start = performance.now()
    await a.put({ _id: id, text: 'Zur Kenntnis genommen. '.repeat(25) })
    const end = await arrived
    feed.cancel()
    return end - start
  }
}
