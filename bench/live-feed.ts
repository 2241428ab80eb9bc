import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { LiveTell } from '../shared/hub-api/live.ts'
import type { Audience } from '../shared/rules/audience.ts'
import { openLocal, openRemote, type Pouch, type PouchFeed } from '../src-main/hub/replication/pouchdb-client.suite.ts'
import { inTurn, lessIsBetter, percentile, type Bench, type Figure } from './figure.ts'
import { startHubProcess, type HubProcess } from './hub-process.ts'

const rounds = 3
/** Changes of a round of which the 95th percentile is taken. */
const changesSeen = 40
/** Milliseconds between two changes of a person at work; the reference writes its checkpoints meanwhile. */
const betweenChanges = 150
const devices = 500
/** Changes of a round by which the hub's CPU time is divided. */
const changesCounted = 3

async function run(): Promise<Figure[]> {
  const hub = await startHubProcess(devices)
  try {
    return [await seenElsewhere(hub), await cpuForAll(hub)]
  } finally {
    hub.stop()
  }
}

/** A pair of devices: what the first one saves, and how the second one learns of it. */
interface Pair {
  /** Milliseconds from saving on the first device until the second one has it in its database. */
  change(id: string): Promise<number>
  stop(): void
}

async function seenElsewhere(hub: HubProcess): Promise<Figure> {
  const [ours, reference] = [await livePair(hub), referencePair(hub)]
  const round = async (pair: Pair, name: string): Promise<number> => {
    const times: number[] = []
    for (let change = 0; change < changesSeen; change += 1) {
      times.push(await pair.change(`note:${name}-${performance.now()}`))
      await pause(betweenChanges)
    }
    return percentile(times, 0.95)
  }
  // The first change of each opens connections and compiles.
  await ours.change('note:first-ours')
  await reference.change('note:first-reference')
  const measured = await inTurn(
    rounds,
    () => round(ours, 'ours'),
    () => round(reference, 'reference'),
  )
  for (const pair of [ours, reference]) pair.stop()
  return lessIsBetter('change on A seen on B, p95', { ...measured, goal: 2, unit: 'ms' })
}

async function measureChange(a: Pouch, b: Pouch, id: string): Promise<number> {
  const { promise: seen, resolve } = Promise.withResolvers<number>()
  const feed = b.changes({ live: true, since: 'now' })
  void feed.on('change', (change: { id: string }) => {
    if (change.id === id) resolve(performance.now())
  })
  const start = performance.now()
  await a.put({ _id: id, text: 'Zur Kenntnis genommen. '.repeat(25) })
  const end = await seen
  feed.cancel()
  return end - start
}

/** Our way: the first device sends what it saved, the second has it from its socket, into an unmodified PouchDB each. */
async function livePair(hub: HubProcess): Promise<Pair> {
  const [a, b] = [openLocal(), openLocal()]
  const saved = a.changes({ live: true, since: 'now' })
  void saved.on('change', ({ id }: { id: string }) => void send(id))
  const send = async (id: string): Promise<void> => {
    const body = JSON.stringify({ docs: [await a.get(id, { revs: true })], new_edits: false })
    const headers = { authorization: 'Bearer device-0', 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/db/user-ada/_bulk_docs`, { method: 'POST', headers, body })
    if (answer.status !== 201) throw new Error(`The hub refused a note with ${answer.status}.`)
  }
  const socket = await follow(hub, 1, 'user-ada', (tell) => {
    void b.bulkDocs([...tell.documents], { new_edits: false })
  })
  return {
    change: (id) => measureChange(a, b, id),
    stop: () => {
      saved.cancel()
      socket.close()
    },
  }
}

/** The reference: live replication of an unmodified PouchDB on both sides. */
function referencePair(hub: HubProcess): Pair {
  const [a, b] = [openLocal(), openLocal()]
  const options = { live: true, retry: false }
  const feeds = [
    a.replicate.to(openRemote(hub.url, 'faction-greens', 'device-2'), options),
    b.replicate.from(openRemote(hub.url, 'faction-greens', 'device-3'), options),
  ]
  return { change: (id) => measureChange(a, b, id), stop: () => feeds.forEach((feed) => feed.cancel()) }
}

type Changes = Extract<LiveTell, { kind: 'changes' }>

async function follow(
  hub: HubProcess,
  device: number,
  audience: Audience,
  onChanges: (tell: Changes) => void,
): Promise<WebSocket> {
  const ticket = await hub.ticket(`device-${device}`)
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/api/live?ticket=${ticket}`)
  const { promise: current, resolve, reject } = Promise.withResolvers<void>()
  socket.on('error', reject)
  socket.on('open', () => socket.send(JSON.stringify({ kind: 'subscribe', since: { [audience]: 0 } })))
  socket.on('message', (data: Buffer) => {
    const tell = JSON.parse(data.toString('utf8')) as LiveTell
    if (tell.kind !== 'changes') return
    resolve()
    if (tell.documents.length > 0) onChanges(tell)
  })
  await current
  return socket
}

/** Devices that follow an audience, and how many of them have a document. */
class Followers {
  readonly #has = new Map<string, number>()
  readonly #waiting = new Map<string, () => void>()

  has(id: string): void {
    const count = (this.#has.get(id) ?? 0) + 1
    this.#has.set(id, count)
    if (count === devices) this.#waiting.get(id)?.()
  }

  everyoneHas(id: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      if (this.#has.get(id) === devices) resolve()
    })
  }
}

async function cpuForAll(hub: HubProcess): Promise<Figure> {
  const ours = new Followers()
  const sockets: WebSocket[] = []
  for (let device = 0; device < devices; device += 1)
    sockets.push(
      await follow(hub, device, 'org-planning', (tell) => tell.documents.forEach(({ _id }) => ours.has(_id))),
    )
  const reference = new Followers()
  const feeds = await openLongPolls(hub, reference)
  let changes = 0
  const round = async (audience: Audience, followers: Followers): Promise<number> => {
    await quiet(hub)
    const before = await hub.cpu()
    for (let change = 0; change < changesCounted; change += 1) {
      const id = `paper:${changes++}`
      await hub.write(audience, id)
      await followers.everyoneHas(id)
    }
    // Checkpoints and new long-polls come after the change; they are part of its price.
    return ((await quiet(hub)) - before) / changesCounted
  }
  const measured = await inTurn(
    rounds,
    () => round('org-planning', ours),
    () => round('public', reference),
  )
  for (const feed of feeds) feed.cancel()
  for (const socket of sockets) socket.terminate()
  return lessIsBetter(`hub CPU for one change to ${devices} devices`, { ...measured, goal: 50, unit: 'ms' })
}

/** As many databases of an unmodified PouchDB, each replicating live. */
async function openLongPolls(hub: HubProcess, followers: Followers): Promise<PouchFeed[]> {
  await hub.write('public', 'paper:opened')
  const feeds: PouchFeed[] = []
  for (let device = 0; device < devices; device += 1) {
    const feed = openLocal().replicate.from(openRemote(hub.url, 'public', `device-${device}`), {
      live: true,
      retry: false,
    })
    const { promise: opened, resolve } = Promise.withResolvers<void>()
    void feed.on('change', ({ docs }: { docs: { _id: string }[] }) => {
      resolve()
      for (const { _id } of docs) followers.has(_id)
    })
    await opened
    feeds.push(feed)
  }
  return feeds
}

/** Waits until the hub does nothing any more; gives its CPU time then. */
async function quiet(hub: HubProcess): Promise<number> {
  for (let before = await hub.cpu(); ;) {
    await pause(400)
    const now = await hub.cpu()
    if (now - before < 8) return now
    before = now
  }
}

export const bench: Bench = {
  name: 'P2',
  description: 'a change travels from device to device; our live feed against live replication of unmodified PouchDB',
  run,
}
