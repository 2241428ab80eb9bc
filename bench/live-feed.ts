import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { LiveTell } from '../shared/hub-api/live.ts'
import type { Audience } from '../shared/rules/audience.ts'
import { openLocal, openRemote, type PouchFeed } from '../src-main/hub/replication/pouchdb-client.suite.ts'
import { inTurn, lessIsBetter, type Bench, type Figure } from './figure.ts'
import { startHubProcess, type HubProcess } from './hub-process.ts'
import { seenElsewhere } from './seen-elsewhere.ts'

const rounds = 3
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
