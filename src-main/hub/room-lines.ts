import type { DeviceState, HelpAct } from '../../shared/hub-api/room-device.ts'
import type { Session } from './session.ts'

/** What is heard of a room's device over its socket. */
export interface RoomLine {
  hear(state: DeviceState): void
  /** The socket is gone. */
  end(): void
}

/** The lines to devices of rooms, for who administers them. */
export interface RoomLines {
  /** Takes the socket of a session; undefined where that is at no room's device. */
  connect(session: Session, ask: (help: HelpAct) => void): RoomLine | undefined
}

/** A hub without devices of rooms. */
export const noRoomLines: RoomLines = { connect: () => undefined }
