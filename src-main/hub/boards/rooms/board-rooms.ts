import { decodeFrame, type ExpelledBecause, type RoomAsk } from '../../../../shared/hub-api/rooms.ts'
import type { LiveRooms, RoomDesk, RoomGuest } from '../../live-rooms.ts'
import type { BoardPlaces } from '../board-places.ts'
import { BoardRoom, type Seat } from './board-room.ts'

/** Windows that a device may have at boards. */
const mostChannels = 32

/** All boards at which somebody is. */
export class BoardRooms implements LiveRooms {
  readonly #places: BoardPlaces
  readonly #now: () => number
  readonly #rooms = new Map<string, BoardRoom>()

  /** @param now milliseconds */
  constructor(places: BoardPlaces, now: () => number) {
    this.#places = places
    this.#now = now
  }

  receive(guest: RoomGuest): RoomDesk {
    return new Desk(guest, this)
  }

  /** A room that is there as long as somebody is in it. */
  roomOf(board: string): BoardRoom {
    for (const room of this.#rooms.values()) if (room.isEmpty) this.#rooms.delete(room.board)
    const room = this.#rooms.get(board) ?? new BoardRoom(board, this.#places, this.#now)
    this.#rooms.set(board, room)
    return room
  }

  /** Boards may be seen by others than before. */
  recheck(boards: Iterable<string>): void {
    for (const board of boards) this.#rooms.get(board)?.recheck()
  }
}

/** Where the windows of one device are. */
class Desk implements RoomDesk {
  readonly #guest: RoomGuest
  readonly #rooms: BoardRooms
  readonly #seats = new Map<number, { room: BoardRoom; seat: Seat }>()

  constructor(guest: RoomGuest, rooms: BoardRooms) {
    this.#guest = guest
    this.#rooms = rooms
  }

  hear(ask: RoomAsk): void {
    this.#leave(ask.channel)
    if (ask.kind === 'leave') return
    const expel = (because: ExpelledBecause): void =>
      this.#guest.tell({ kind: 'expelled', channel: ask.channel, because })
    if (this.#seats.size >= mostChannels) return expel('too-much')
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
    for (const channel of [...this.#seats.keys()]) this.#leave(channel)
  }

  /** Nobody knows for which window it was. */
  #expelAll(): void {
    for (const { room, seat } of this.#seats.values()) room.leave(seat, 'malformed')
    this.#seats.clear()
  }

  #leave(channel: number): void {
    const at = this.#seats.get(channel)
    this.#seats.delete(channel)
    at?.room.leave(at.seat)
  }
}
