import type { LiveTell } from '../../shared/hub-api/live.ts'
import type { RoomNews } from '../../src-renderer/data/contract.ts'
import { Rooms } from '../../src-renderer/data/worker/rooms/rooms.ts'
import type { FrameKind } from '../../shared/hub-api/rooms.ts'

/** What a page says to the worker that holds its clients' sockets. */
export type ToSockets =
  | { readonly kind: 'open'; readonly client: number; readonly url: string; readonly board: string }
  | {
      readonly kind: 'send'
      readonly client: number
      readonly frame: FrameKind
      readonly body: Uint8Array
      readonly peers: readonly number[]
    }
export interface FromSockets {
  readonly client: number
  readonly news: RoomNews
}

/** The app's own rooms, a socket for each client, as in the data worker. */
const clients = new Map<number, { rooms: Rooms; tell: (key: string, news: RoomNews) => void }>()

addEventListener('message', ({ data }: MessageEvent<ToSockets>) => {
  if (data.kind === 'open') return open(data)
  const known = clients.get(data.client)
  known?.rooms.send(known.tell, 'room', data.frame, data.body, data.peers)
})

function open({ client, url, board }: ToSockets & { kind: 'open' }): void {
  const rooms = new Rooms()
  const tell = (_: string, news: RoomNews): void => postMessage({ client, news } satisfies FromSockets)
  clients.set(client, { rooms, tell })
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') rooms.hear(JSON.parse(data) as LiveTell & { kind: 'entered' })
    else rooms.take(new Uint8Array(data))
  }
  socket.onopen = () => {
    rooms.connect({ send: (ask) => socket.send(JSON.stringify(ask)), sendFrame: (frame) => socket.send(frame) })
    rooms.open(tell, 'room', board)
  }
}
