import { boardRoom, type TextRoom } from '../../../../shared/council/text-update.ts'
import type { RoomPeer } from '../../../../shared/hub-api/rooms.ts'
import type { RoomLine, RoomNews, TextUpdates } from '../../contract.ts'
import { Peers, type PeerEvents } from './peers.ts'
import { RoomPage, type PageParts } from './room-page.ts'

export interface BoardRoomOptions {
  /** The way to the others through the hub. */
  readonly line: RoomLine
  /** Where what is drawn is kept on this device, and synced from. */
  texts(room: TextRoom): TextUpdates
  /** Whether an account may draw now; what others send is not shown. Everybody unless given. */
  mayDraw?(account: string): boolean
}

/** `alone`: the hub cannot be reached, or lets nobody in; what is drawn is kept here and meets the others' later. */
export type RoomPhase = 'alone' | 'joining' | 'together'

/**
 * A board as one window is at it: its open pages, and who else is there. What is drawn goes to the others at once, and by
 * ordinary sync to everybody for good.
 */
export class BoardRoom {
  readonly #options: BoardRoomOptions
  readonly #peers: Peers
  readonly #pages = new Map<string, RoomPage>()
  #isClosed = false
  #people: readonly RoomPeer[] = $state.raw([])
  #direct = $state(0)
  #projectors: readonly string[] = $state.raw([])
  #isIn = $state(false)
  #isComplete = $state(false)
  #because: (RoomNews & { kind: 'out' })['because'] | undefined = $state()

  constructor(options: BoardRoomOptions) {
    this.#options = options
    this.#peers = new Peers(options.line, this.#events())
  }

  get phase(): RoomPhase {
    if (!this.#isIn) return 'alone'
    return this.#isComplete ? 'together' : 'joining'
  }

  /** Why this window is alone; undefined while it is not, and before it was anything else. */
  get because(): (RoomNews & { kind: 'out' })['because'] | undefined {
    return this.#because
  }

  /** The other windows at the board, whoever came first before the others. */
  get people(): readonly RoomPeer[] {
    return this.#people
  }

  /** The screens of the room that show a page of the board right now, such as `projector:1`. */
  get projectors(): readonly string[] {
    return this.#projectors
  }

  /** How many of them are reached without a way through the hub. */
  get direct(): number {
    return this.#direct
  }

  /** Opens a page; the same one for as long as it is open. Close it with its screen. */
  page(key: string): RoomPage {
    const known = this.#pages.get(key)
    if (known) return known
    const page = new RoomPage(this.#partsOf(key))
    this.#pages.set(key, page)
    page.onChange = () => this.#look()
    this.#look()
    return page
  }

  /** Stores what is left of every page, and leaves. */
  async close(): Promise<void> {
    this.#isClosed = true
    const pages = [...this.#pages.values()]
    this.#peers.close()
    await Promise.all(pages.map((page) => page.close()))
  }

  #partsOf(key: string): PageParts {
    return {
      key,
      updates: this.#options.texts(boardRoom(this.#options.line.board, key)),
      peers: this.#peers,
      nameOf: (peer) => this.#peers.others.find((other) => other.peer === peer)?.name ?? '',
      onClose: () => {
        this.#pages.delete(key)
        this.#look()
      },
    }
  }

  #events(): PeerEvents {
    const all = (act: (page: RoomPage) => void): void => {
      for (const page of this.#pages.values()) act(page)
      this.#look()
    }
    return {
      entered: () => {
        this.#because = undefined
        this.#projectors = []
        all((page) => page.entered())
      },
      out: (because) => {
        this.#because = because
        this.#projectors = []
        all((page) => page.out())
      },
      came: (peer) =>
        all((page) => {
          page.sync.came(peer)
          page.came(peer)
        }),
      left: (peer) => all((page) => page.left(peer)),
      linked: (peer) => all((page) => page.sync.linked(peer)),
      unlinked: (peer) => all((page) => page.sync.unlinked(peer)),
      projected: (projectors) => void (this.#projectors = projectors),
      update: (peer, page, update) => {
        if (this.#mayDraw(peer)) this.#pages.get(page)?.sync.take(update)
      },
      glance: (peer, bytes) => {
        for (const page of this.#pages.values()) page.presence.hear(peer, bytes)
      },
      direct: (peer, message) => {
        const page = this.#pages.get(message.page)
        if (message.kind === 'missing' && !this.#mayDraw(peer)) return
        if (page) page.hear(peer, message)
        else if (message.kind === 'ask') this.#peers.sayNothing(peer, message.page)
      },
    }
  }

  #mayDraw(peer: number): boolean {
    const account = this.#peers.others.find((other) => other.peer === peer)?.account
    return account !== undefined && (this.#options.mayDraw?.(account) ?? true)
  }

  #look(): void {
    if (this.#isClosed) return
    this.#people = this.#peers.others
    this.#direct = this.#peers.linked.length
    this.#isIn = this.#peers.own !== undefined
    this.#isComplete = [...this.#pages.values()].every((page) => page.sync.isComplete)
  }
}
