import type { SessionInfo } from '../../../../shared/hub-api/contract.ts'
import type { LiveTell } from '../../../../shared/hub-api/live.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { HubClient } from '../../hub/index.ts'
import type { RoomHelp } from '../room-help.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import { catchUp } from './catch-up.ts'
import type { LiveAsks } from './live-asks.ts'
import type { LiveFeed } from './live-feed.ts'

export interface FollowingNeeds {
  readonly hub: HubClient
  /** Those whom the socket brings together. */
  readonly rooms: Pick<Rooms, 'hear' | 'take'>
  readonly help: Pick<RoomHelp, 'hear'>
  /** What the hub says of the session now: copies are made and purged accordingly. */
  onSession(session: Omit<SessionInfo, 'token'>): Promise<void>
  /** Audiences may have come that the feed does not carry; it ends. */
  onAudiences(): void
  /** The hub said that the session is over. */
  onEnded(): Promise<void>
  onPhase(phase: 'catching-up' | 'live'): void
  /** Everything of the hub is here, as of now. */
  onFresh(): void
  /** Documents that the live feed brought, before they are stored. */
  onDocuments(open: OpenCopy, documents: readonly StoredDocument[]): void
  onFault(fault: unknown): void
}

/** Keeps the open copies in step with the hub over one live feed, from its opening to its end. */
export class Following {
  readonly #databases: Databases
  readonly #asks: LiveAsks
  readonly #needs: FollowingNeeds
  #feed: LiveFeed | undefined
  /** Per copy: one message after the other. */
  readonly #turns = new Map<OpenCopy, Promise<void>>()
  /** Copies that have not heard yet that they are current. */
  readonly #late = new Set<OpenCopy>()

  constructor(databases: Databases, asks: LiveAsks, needs: FollowingNeeds) {
    this.#databases = databases
    this.#asks = asks
    this.#needs = needs
  }

  /** Asks for what happens from where each copy stands. */
  begin(feed: LiveFeed): void {
    this.#feed = feed
    this.#subscribe(this.#databases.open)
  }

  frame(bytes: Uint8Array): void {
    this.#needs.rooms.take(bytes)
  }

  tell(tell: LiveTell): void {
    switch (tell.kind) {
      case 'pong':
        this.#noteFresh()
        return
      case 'revoked':
        void this.#needs.onEnded().catch((fault: unknown) => this.#needs.onFault(fault))
        return
      case 'session':
        void this.#takeSession(tell.session)
        return
      case 'appended':
      case 'ballot-answered':
        this.#asks.settle(tell)
        return
      case 'help':
        void this.#needs.help.hear(tell).catch((fault: unknown) => this.#needs.onFault(fault))
        return
      case 'entered':
      case 'came':
      case 'left':
      case 'projected':
      case 'expelled':
        this.#needs.rooms.hear(tell)
        return
      case 'changes':
        this.#show(tell)
        this.#inTurn(tell.audience, (open) => this.#take(open, tell))
        return
      case 'behind':
        this.#inTurn(tell.audience, (open) => this.#take(open, tell))
    }
  }

  #subscribe(copies: readonly OpenCopy[]): void {
    const since = Object.fromEntries(copies.map(({ copy }) => [copy.audience, copy.seq ?? 0]))
    for (const open of copies) this.#late.add(open)
    this.#feed?.send({ kind: 'subscribe', since })
  }

  /** What happens in a meeting is shown before it is stored: the hub has it already. */
  #show({ audience, documents }: LiveTell & { kind: 'changes' }): void {
    const open = this.#databases.find(audience)
    if (open) this.#needs.onDocuments(open, documents)
  }

  /** Purges at once what is no longer named. */
  async #takeSession(session: Omit<SessionInfo, 'token'>): Promise<void> {
    await this.#needs.onSession(session).catch((fault: unknown) => this.#needs.onFault(fault))
    this.#needs.onAudiences()
    this.#feed?.close()
  }

  #noteFresh(): void {
    if (!this.#feed || this.#late.size > 0) return
    this.#needs.onPhase('live')
    this.#needs.onFresh()
  }

  #inTurn(audience: Audience, act: (open: OpenCopy) => Promise<void>): void {
    const open = this.#databases.find(audience)
    if (!open) return
    const turn = (this.#turns.get(open) ?? Promise.resolve())
      .then(() => act(open))
      .catch((fault: unknown) => {
        // A copy that was purged meanwhile takes nothing more.
        if (this.#databases.open.includes(open)) this.#needs.onFault(fault)
        this.#feed?.close()
      })
    this.#turns.set(open, turn)
  }

  async #take(open: OpenCopy, tell: LiveTell & { kind: 'changes' | 'behind' }): Promise<void> {
    if (!this.#databases.open.includes(open)) return
    const here = open.copy.seq ?? 0
    if (tell.kind === 'changes' && tell.from === here) {
      await this.#databases.put(open, tell.documents)
      await this.#databases.advance(open, tell.seq)
      if (tell.pending === 0) this.#late.delete(open)
      return this.#noteFresh()
    }
    this.#late.add(open)
    this.#needs.onPhase('catching-up')
    const caught = await catchUp(this.#needs.hub, open, here)
    if (!caught.ok) return this.#feed?.close()
    await this.#databases.advance(open, caught.value)
    this.#subscribe([open])
  }
}
