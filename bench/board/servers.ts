import { fork, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ulid } from 'ulid'
import type { Board } from '../../shared/council/records/index.ts'
import { quietRooms } from '../../src-main/hub/boards/rooms/quiet-rooms.suite.ts'
import { people, startReplicationHub, type ReplicationHub } from '../../src-main/hub/replication/replication.suite.ts'
import { organizationAudience } from '../../shared/rules/audience.ts'
import type { System } from './client-page.ts'

/** What brings clients together: a hub, and the servers that the two others come with, each in a process of its own. */
export interface Servers {
  /** The id of a board that everybody may see. */
  board(): string
  urlFor(system: System, client: number): string
  stop(): Promise<void>
}

const page = '01J00000000000000000000001'
const boardOf = (id: string): Board => ({
  ...{ _id: id, type: 'board', schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' },
  ...{ meeting: 'meeting:m', name: 'Tafel', pages: [page], mode: 'write' },
})

/** A hub whose boards all are of the first body of its member. */
export async function startBoardHub(devices: number): Promise<ReplicationHub> {
  const audience = organizationAudience(people.member.organizations[0]!)
  const hub = await startReplicationHub({ rooms: quietRooms(boardOf, audience) })
  for (let device = 0; device < devices; device += 1) hub.sessions.signIn(`device-${device}`, people.member)
  return hub
}

export async function startServers(clients: number): Promise<Servers> {
  const hub = await startBoardHub(clients)
  const [signaling, relay] = [
    await startOwn('y-webrtc', 'bin/server.js'),
    await startOwn('@y/websocket-server', 'src/server.js'),
  ]
  return {
    board: () => `board:${ulid()}`,
    urlFor(system, client) {
      if (system === 'y-webrtc') return `ws://127.0.0.1:${signaling.port}`
      if (system === 'y-websocket') return `ws://127.0.0.1:${relay.port}`
      return `${hub.url.replace('http', 'ws')}/api/live?ticket=${hub.sessions.ticketFor(`device-${client}`)}`
    },
    stop: async () => {
      for (const { child } of [signaling, relay]) child.kill()
      await hub.stop()
    },
  }
}

/** Starts the server that a package comes with. */
async function startOwn(name: string, file: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort()
  const path = fileURLToPath(new URL(`../../node_modules/${name}/${file}`, import.meta.url))
  const child = fork(path, [], { env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' }, silent: true })
  process.once('exit', () => child.kill())
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(`http://127.0.0.1:${port}`).then(
        () => true,
        () => false,
      )
    )
      return { child, port }
    await pause(100)
  }
  throw new Error(`The server of ${name} did not start.`)
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
