import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { DarkHours } from '../../../../shared/hub-api/room-device.ts'

/** What the hub keeps of how a room's device behaves. */
export interface KeptRoomSettings {
  readonly kiosk: boolean
  /** Hash of the exit code; null before one was set. */
  readonly exit: string | null
  readonly dark: DarkHours | null
}

const usual: KeptRoomSettings = { kiosk: false, exit: null, dark: null }

/** How the devices of rooms behave, by device. */
export class RoomSettingsTable {
  /** Asked with every request of such a device. */
  readonly #of: StatementSync
  readonly #keep: StatementSync

  constructor(database: DatabaseSync) {
    this.#of = database.prepare('SELECT kiosk, exit_hash, dark_from, dark_until FROM room_setting WHERE device = ?')
    this.#keep = database.prepare(
      `INSERT INTO room_setting (device, kiosk, exit_hash, dark_from, dark_until) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (device) DO UPDATE SET kiosk = excluded.kiosk, exit_hash = excluded.exit_hash,
         dark_from = excluded.dark_from, dark_until = excluded.dark_until`,
    )
  }

  of(device: string): KeptRoomSettings {
    const row = this.#of.get(device)
    if (!row) return usual
    const { dark_from: from, dark_until: until, exit_hash: exit } = row
    return {
      kiosk: row['kiosk'] === 1,
      exit: exit === null ? null : String(exit),
      dark: from === null || until === null ? null : { from: String(from), until: String(until) },
    }
  }

  keep(device: string, { kiosk, exit, dark }: KeptRoomSettings): void {
    this.#keep.run(device, kiosk ? 1 : 0, exit, dark?.from ?? null, dark?.until ?? null)
  }
}
