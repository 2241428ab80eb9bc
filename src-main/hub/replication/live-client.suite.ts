import { WebSocket } from 'ws'
import type { LiveAsk, LiveTell } from '../../../shared/hub-api/live.ts'
import { decodeFrame, type RoomFrame } from '../../../shared/hub-api/rooms.ts'
import type { ReplicationHub } from './replication.suite.ts'

/** A device's socket that keeps what it heard. */
export interface LiveClient {
  readonly heard: readonly LiveTell[]
  /** Messages of rooms. */
  readonly frames: readonly RoomFrame[]
  /** Bytes heard so far. */
  readonly received: number
  readonly closed: Promise<number>
  ask(ask: LiveAsk): void
  send(bytes: Uint8Array): void
  /** The first message, from now or before, that fits; each one is given once. */
  next<Kind extends LiveTell['kind']>(
    kind: Kind,
    fits?: (tell: Extract<LiveTell, { kind: Kind }>) => boolean,
  ): Promise<Extract<LiveTell, { kind: Kind }>>
  /** Stops reading, as a device on a bad line does. */
  pause(): void
  resume(): void
  close(): void
}

export const openLive = (hub: ReplicationHub, device: string): Promise<LiveClient> =>
  openLiveAt(hub.url, hub.sessions.ticketFor(device))

export async function openLiveAt(origin: string, ticket: string): Promise<LiveClient> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live?ticket=${ticket}`)
  const heard: LiveTell[] = []
  const given = new Set<LiveTell>()
  const listeners = new Set<() => void>()
  let received = 0
  const frames: RoomFrame[] = []
  socket.on('message', (data: Buffer, isBinary) => {
    received += data.length
    if (isBinary) return void frames.push(decodeFrame(data)!)
    heard.push(JSON.parse(data.toString('utf8')) as LiveTell)
    for (const listener of listeners) listener()
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  return {
    ...{ heard, frames },
    get received() {
      return received
    },
    closed,
    ask: (ask) => socket.send(JSON.stringify(ask)),
    send: (bytes) => socket.send(bytes),
    next: (kind, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find((tell) => tell.kind === kind && !given.has(tell) && fits(tell as never))
          if (!found) return
          given.add(found)
          listeners.delete(look)
          resolve(found as never)
        }
        listeners.add(look)
        look()
      }),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(),
  }
}
