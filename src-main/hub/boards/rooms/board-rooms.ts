import { decodeFrame, type ExpelledBecause, type RoomAsk } from '../../../../shared/hub-api/rooms.ts'
import type { LiveRooms, RoomDesk, RoomGuest } from '../../live-rooms.ts'
import { BoardRoom, type Onlooker, type RoomParts, type Seat } from './board-room.ts'

/** Windows that a device may have at boards. */
const mostChannels = 32

/** All boards at which somebody is. */
export class BoardRooms implements LiveRooms {
  readonly #parts: RoomParts
  readonly #rooms = new Map<string, BoardRoom>()

  constructor(parts: RoomParts) {
    this.#parts = parts
  }

  receive(guest: RoomGuest): RoomDesk {
    return new Desk(guest, this)
  }

  /** A room that is there as long as somebody is in it. */
  roomOf(board: string): BoardRoom {
    for (const room of this.#rooms.values()) if (room.isEmpty) this.#rooms.delete(room.board)
    const room = this.#rooms.get(board) ?? new BoardRoom(board, this.#parts)
    this.#rooms.set(board, room)
    return room
  }

  /** A screen shows a page of a board until the returned end. */
  watch = (board: string, onlooker: Onlooker): (() => void) => this.roomOf(board).watch(onlooker)

  /** Settles when it is known whether a board rests; it does while its log cannot be read. */
  async learn(board: string): Promise<void> {
    const meeting = this.#parts.places.boardNow(board)?.meeting
    try {
      if (meeting !== undefined) await this.#parts.rests.learn(meeting)
    } catch (fault) {
      this.#parts.log.error({ err: fault, board }, 'a log could not be read, so its boards rest')
    }
  }

  /** It is known again whether boards rest. */
  flush(): void {
    for (const room of this.#rooms.values()) room.flush()
  }

  /** Boards may be seen by others than before, or rest. */
  recheck(): void {
    for (const room of this.#rooms.values()) room.recheck()
  }
}

/** Where the windows of one device are. */
class Desk implements RoomDesk {
  readonly #guest: RoomGuest
  readonly #rooms: BoardRooms
  readonly #seats = new Map<number, { room: BoardRoom; seat: Seat }>()
  /** Windows at the door. */
  readonly #coming = new Map<number, RoomAsk>()

  constructor(guest: RoomGuest, rooms: BoardRooms) {
    this.#guest = guest
    this.#rooms = rooms
  }

  hear(ask: RoomAsk): void {
    this.#leave(ask.channel)
    if (ask.kind === 'leave') return
    const expel = (because: ExpelledBecause): void =>
      this.#guest.tell({ kind: 'expelled', channel: ask.channel, because })
    if (this.#seats.size + this.#coming.size >= mostChannels) return expel('too-much')
    this.#coming.set(ask.channel, ask)
    const enter = (): void => {
      if (this.#coming.get(ask.channel) !== ask) return
      this.#coming.delete(ask.channel)
      this.#enter(ask, expel)
    }
    void this.#rooms.learn(ask.board).then(enter)
  }

  #enter(ask: RoomAsk & { kind: 'enter' }, expel: (because: ExpelledBecause) => void): void {
    const room = this.#rooms.roomOf(ask.board)
    const seat = room.enter(this.#guest, ask.channel)
    if (typeof seat === 'string') return expel(seat)
    this.#seats.set(ask.channel, { room, seat })
  }

  /** What comes for a channel that is closed was on its way when it closed. */
  take(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes)
    if (!frame) return this.#expelAll()
    const at = this.#seats.get(frame.channel)
    if (!at) return
    at.room.carry(at.seat, frame)
    if (!at.room.has(at.seat)) this.#seats.delete(frame.channel)
  }

  recheck(): void {
    for (const { room } of [...this.#seats.values()]) room.recheck()
    for (const [channel, { room, seat }] of [...this.#seats]) if (!room.has(seat)) this.#seats.delete(channel)
  }

  end(): void {
    this.#coming.clear()
    for (const channel of [...this.#seats.keys()]) this.#leave(channel)
  }

  /** Nobody knows for which window it was. */
  #expelAll(): void {
    for (const { room, seat } of this.#seats.values()) room.leave(seat, 'malformed')
    this.#seats.clear()
  }

  #leave(channel: number): void {
    this.#coming.delete(channel)
    const at = this.#seats.get(channel)
    this.#seats.delete(channel)
    at?.room.leave(at.seat)
  }
}
