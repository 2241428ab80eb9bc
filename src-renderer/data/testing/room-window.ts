import type { RoomNews } from '../contract.ts'
import { success } from '../../../shared/result.ts'
import type { RoomTestPage, SentFrame } from './room-test.ts'
import { BoardRoom, type RoomPage } from '../yjs/room/index.ts'
import { base64ToBytes, bytesToBase64 } from '../worker/base64.ts'

declare global {
  function sendToHub(frame: SentFrame): Promise<void>
}

let room: BoardRoom | undefined
let page: RoomPage | undefined
let tell: (news: RoomNews) => void = () => {}

const sent = new Map<string, number>()
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the channel below
const send = RTCDataChannel.prototype.send
RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: never) {
  const bytes = data as Uint8Array
  // A whole message in one chunk, of the kind `update`.
  if (this.ordered && bytes[0] === 1 && bytes[1] === 0) {
    const key = bytesToBase64(bytes)
    sent.set(key, (sent.get(key) ?? 0) + 1)
  }
  return send.call(this, data)
}

/** Bytes that do not compress and differ. */
function drawing(id: string, bytes: number): Uint8Array {
  const content = new Uint8Array(bytes)
  let state = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)
  for (let place = 0; place < bytes; place++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    content[place] = state >>> 16
  }
  return content
}

const elements = () => page!.doc.getMap<Uint8Array>('elements')

const roomPage: RoomTestPage = {
  open(board, key) {
    room = new BoardRoom({
      line: {
        board,
        follow: (listener) => {
          tell = listener
          return () => (tell = () => {})
        },
        send: (kind, body, peers = []) => void sendToHub({ kind, body: bytesToBase64(body), peers }),
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
    page = room.page(key)
  },
  hear: (news) => tell(news.kind === 'frame' ? { ...news, body: base64ToBytes(news.body) } : news),
  draw: (id, bytes) => void elements().set(id, drawing(id, bytes)),
  erase: (id) => elements().delete(id),
  sketch(points) {
    const line = Array.from({ length: points }, (_, place) => ({ x: place, y: place, pressure: 0.5 }))
    page!.presence.publish({
      strokes: [{ id: 'stroke', tool: 'pen', colour: 'blue', thickness: 3, points: line }],
    })
  },
  glimpsed: () =>
    Object.fromEntries(
      [...page!.presence.others.values()].map(({ name, strokes }) => [name, strokes[0]?.points.length ?? 0]),
    ),
  state: () => ({
    ids: [...elements().keys()].sort(),
    bytes: [...elements().values()].reduce((sum, { length }) => sum + length, 0),
    phase: room!.phase,
    direct: room!.direct,
    projectors: [...room!.projectors],
    people: room!.people.length,
    isComplete: page!.sync.isComplete,
  }),
  sentOverLinks: () => [...sent.values()],
  close: () => room!.close(),
}

Object.assign(globalThis, { room: roomPage })
