import * as Y from 'yjs'
import { WebrtcProvider } from 'y-webrtc'
import { WebsocketProvider } from 'y-websocket'
import { success } from '../../shared/result.ts'
import { BoardRoom } from '../../src-renderer/data/yjs/room/index.ts'
import type { RoomNews } from '../../src-renderer/data/contract.ts'
import type { BenchPage } from './client-page.ts'
import type { FromSockets, ToSockets } from './sockets.ts'

const docs: Y.Doc[] = []
const rooms: BoardRoom[] = []
let delays: number[] = []
const now = (): number => performance.timeOrigin + performance.now()
const page = '01J00000000000000000000001'

/** Ink of forty points, packed as the board packs it. */
const ink = (): Uint8Array => crypto.getRandomValues(new Uint8Array(209))

function listen(doc: Y.Doc): void {
  docs.push(doc)
  doc.getMap<{ at: number }>('elements').observe(({ changes, transaction }) => {
    if (transaction.local) return
    for (const key of changes.keys.keys()) delays.push(now() - doc.getMap<{ at: number }>('elements').get(key)!.at)
  })
}

const sockets = new Worker(new URL('./sockets.ts', import.meta.url), { type: 'module' })
const listeners = new Map<number, (news: RoomNews) => void>()
sockets.onmessage = ({ data }: MessageEvent<FromSockets>) => listeners.get(data.client)?.(data.news)
const post = (message: ToSockets): void => sockets.postMessage(message)

function openOurs(board: string, url: string, client: number): void {
  const room = new BoardRoom({
    line: {
      board,
      follow: (listener) => {
        listeners.set(client, listener)
        post({ kind: 'open', client, url, board })
        return () => listeners.delete(client)
      },
      send: (frame, body, peers = []) => post({ kind: 'send', client, frame, body, peers }),
    },
    texts: (of) => ({
      room: of,
      follow: (listener) => {
        listener({ state: 'ready', all: true, changed: [], gone: [] })
        return () => {}
      },
      append: () => Promise.resolve(success(undefined)),
    }),
  })
  rooms.push(room)
  listen(room.page(page).doc)
}

function openOther(system: 'y-webrtc' | 'y-websocket', room: string, url: string): void {
  const doc = new Y.Doc()
  // Clients of one browser shall not meet by the side door that it has for them.
  if (system === 'y-webrtc')
    new WebrtcProvider(room, doc, { signaling: [url], filterBcConns: false, peerOpts: { config: { iceServers: [] } } })
  else new WebsocketProvider(url, room, doc, { disableBc: true })
  listen(doc)
}

const benchPage: BenchPage = {
  open(system, room, urls) {
    for (const [client, url] of urls.entries())
      if (system === 'ours') openOurs(room, url, client)
      else openOther(system, room, url)
  },
  named: () => docs.map((doc) => doc.getMap('names').size),
  name: (client, name) => void docs[client]!.getMap('names').set(name, true),
  draw: (client, key) => void docs[client]!.getMap('elements').set(key, { at: now(), ink: ink() }),
  seen() {
    const seen = delays
    delays = []
    return seen
  },
  links: () => rooms.map((room) => room.direct),
}
Object.assign(globalThis, { bench: benchPage })
