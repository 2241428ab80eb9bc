import type { LiveTell } from '../../../shared/hub-api/live.ts'
import type { DeviceState } from '../../../shared/hub-api/room-device.ts'
import type { MirrorState } from './mirror.ts'
import { readValue, writeValue, type DeviceStore } from './store/device-store.ts'
import type { LiveFeed } from './sync/live-feed.ts'

/** A room's device and whoever administers it: it says how it is, and shows what is asked of it. */
export class RoomHelp {
  readonly #store: DeviceStore
  readonly #mirror: MirrorState
  readonly #isRoom: () => boolean
  #window: Pick<DeviceState, 'version' | 'kiosk'> | undefined
  #feed: LiveFeed | undefined

  /** @param isRoom whether this is a room's device, whoever is signed in */
  constructor(store: DeviceStore, mirror: MirrorState, isRoom: () => boolean) {
    this.#store = store
    this.#mirror = mirror
    this.#isRoom = isRoom
  }

  /** Shows again what was asked before this device started anew. */
  async restore(): Promise<void> {
    this.#mirror.set({ help: (await readValue(this.#store, 'help')) ?? null })
  }

  /** What a window knows of the app and its mode. */
  describe(window: Pick<DeviceState, 'version' | 'kiosk'>): void {
    this.#window = window
    this.tellState()
  }

  connect(feed: LiveFeed | undefined): void {
    this.#feed = feed
    this.tellState()
  }

  tellState(): void {
    if (!this.#window || !this.#isRoom()) return
    this.#feed?.send({ kind: 'device-state', ...this.#window, freshAsOf: this.#mirror.parts.sync.freshAsOf })
  }

  async hear({ help }: Extract<LiveTell, { kind: 'help' }>): Promise<void> {
    if (this.#isRoom()) await this.#keep({ help, received: Date.now() })
  }

  /** It was read on the device. */
  forget = (): Promise<void> => this.#keep(undefined)

  async #keep(asked: NonNullable<MirrorState['parts']['help']> | undefined): Promise<void> {
    await writeValue(this.#store, 'help', asked)
    this.#mirror.set({ help: asked ?? null })
  }
}
