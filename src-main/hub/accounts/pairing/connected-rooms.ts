import type { ConnectedDevice, DeviceState, HelpAct } from '../../../../shared/hub-api/room-device.ts'
import type { RoomLines } from '../../room-lines.ts'
import type { Devices } from '../tables/devices.ts'

interface Line {
  readonly since: string
  readonly ask: (help: HelpAct) => void
  state: DeviceState | null
}

/** The devices of rooms that are connected at this moment, by the id of the room's device, whoever is signed in there. */
export class ConnectedRooms implements RoomLines {
  readonly #devices: Devices
  readonly #now: () => number
  readonly #lines = new Map<string, Set<Line>>()

  constructor(devices: Devices, now: () => number) {
    this.#devices = devices
    this.#now = now
  }

  connect: RoomLines['connect'] = (session, ask) => {
    if (session.room === undefined) return undefined
    const id = this.#devices.byId(session.device.id)?.lent?.at ?? session.device.id
    const line: Line = { since: new Date(this.#now()).toISOString(), ask, state: null }
    const lines = this.#lines.get(id) ?? new Set()
    this.#lines.set(id, lines.add(line))
    return {
      hear: (state) => void (line.state = state),
      end: () => {
        lines.delete(line)
        if (lines.size === 0) this.#lines.delete(id)
      },
    }
  }

  /** How a device is; of several sockets, as after a network that swallowed the end of one, the last counts. */
  stateOf(id: string): ConnectedDevice | null {
    const line = [...(this.#lines.get(id) ?? [])].at(-1)
    return line ? { since: line.since, state: line.state } : null
  }

  /** Asks something of a device; false when it is not connected. */
  ask(id: string, help: HelpAct): boolean {
    const lines = [...(this.#lines.get(id) ?? [])]
    for (const line of lines) line.ask(help)
    return lines.length > 0
  }
}
