import type { RoomAsk, RoomTell } from '../../shared/hub-api/rooms.ts'
import type { Principal } from '../../shared/rules/access.ts'

/** The socket of a device, as rooms know it. */
export interface RoomGuest {
  /** Who it is at this instant; `nobody` once the session is over. */
  readonly principal: Principal
  readonly name: string
  /** Bytes that wait to be sent. */
  readonly backlog: number
  tell(tell: RoomTell): void
  send(frame: Uint8Array): void
}

/** What rooms hear of one device. */
export interface RoomDesk {
  hear(ask: RoomAsk): void
  /** A binary message. */
  take(frame: Uint8Array): void
  /** The device's rights may be others. */
  recheck(): void
  /** The socket is gone. */
  end(): void
}

/** Rooms in which devices are together over their sockets. */
export interface LiveRooms {
  receive(guest: RoomGuest): RoomDesk
}

/** A hub without rooms. */
export const noRooms: LiveRooms = {
  receive: (guest) => ({
    hear: (ask) => {
      if (ask.kind === 'enter') guest.tell({ kind: 'expelled', channel: ask.channel, because: 'no-such-room' })
    },
    take: () => undefined,
    recheck: () => undefined,
    end: () => undefined,
  }),
}
