import { createContext } from 'svelte'
import type { KioskExit, KioskView, Shell } from '../../../shared/ipc/contract.ts'
import type { RoomSettings } from '../../../shared/hub-api/room-device.ts'

/** Kiosk mode as a window of it knows it; in a browser, which can hold nobody, it is never on. */
export class Kiosk {
  readonly #shell: Shell | undefined
  view = $state.raw<KioskView>({ wanted: false, held: false })
  /** Whether the exit code is asked for. */
  asking = $state(false)

  constructor(shell: Shell | undefined) {
    this.#shell = shell
  }

  /** Follows the shell until the returned end. */
  follow(): () => void {
    const shell = this.#shell
    if (!shell) return () => {}
    const ends = [
      shell.on('kiosk', (view) => (this.view = view)),
      shell.on('askToLeaveKiosk', () => (this.asking = true)),
    ]
    void shell.readKiosk().then((view) => (this.view = view))
    return () => ends.forEach((end) => end())
  }

  /** Tells the shell what the hub says of this device. */
  async obey({ kiosk: on, exit }: Pick<RoomSettings, 'kiosk' | 'exit'>): Promise<void> {
    await this.#shell?.obeyKiosk({ on, ...(exit === undefined ? {} : { exit }) })
  }

  leave = async (code: string): Promise<KioskExit> => (await this.#shell?.leaveKiosk(code)) ?? { left: true }

  async enter(): Promise<void> {
    await this.#shell?.enterKiosk()
  }
}

export const [useKiosk, provideKiosk] = createContext<Kiosk>()
