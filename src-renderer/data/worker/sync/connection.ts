import {
  paths,
  type ApiFailure,
  type BallotReceipt,
  type RefusedWrite,
  type SessionInfo,
  type Town,
} from '../../../../shared/hub-api/contract.ts'
import type { LiveTell } from '../../../../shared/hub-api/live.ts'
import type { BallotRequest } from '../../../../shared/hub-api/meetings.ts'
import type { Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { success, type Result } from '../../../../shared/result.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { HubAnswer, HubClient } from '../../hub/index.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { catchUp } from './catch-up.ts'
import { fillAll, makeFirstContact, type ContactFailure } from './first-contact.ts'
import { LiveAsks } from './live-asks.ts'
import { openLiveFeed, type LiveFeed } from './live-feed.ts'

export interface ConnectionEvents {
  /** Those whom the socket brings together. */
  readonly rooms: Pick<Rooms, 'connect' | 'hear' | 'take'>
  onTown(town: Town): Promise<void>
  /** What the hub says of the session now: copies are made and purged accordingly. */
  onSession(session: Omit<SessionInfo, 'token'>, town: Town): Promise<void>
  onRevoked(): Promise<void>
  /** The socket was told that the session is over. */
  onEnded(): Promise<void>
  onExpired(): Promise<void>
  onPhase(phase: 'offline' | 'catching-up' | 'live'): void
  /** Everything of the hub is here, as of now. */
  onFresh(): void
  onProgress(progress: { done: number; of: number } | null): void
  /** First contacts are complete: of all copies, or of those that came in good time before the others. Settles when they are shown. */
  onFilled(): Promise<void>
  /** The hub can be reached: what waits may be sent. */
  onReached(session: Omit<SessionInfo, 'token'>, town: Town): void
  /** Documents that the live feed brought, before they are stored. */
  onDocuments(open: OpenCopy, documents: readonly StoredDocument[]): void
  onFault(fault: unknown): void
}

/** Milliseconds. */
const firstPause = 500
const longestPause = 30_000
/** Milliseconds after which appended documents, and ballots, are sent on another way. */
const appendWithin = 10_000
const ballotWithin = 5000

/** Keeps the copies in step with the hub for as long as somebody is signed in, through every loss of the network. */
export class Connection {
  #hub: HubClient
  #databases: Databases
  #packs: Packs
  #events: ConnectionEvents
  /** Ends with `stop`: what an earlier run still waits for must not act for the next one. */
  #run: AbortController | undefined
  #pause = firstPause
  #wake: () => void = () => {}
  #feed: LiveFeed | undefined
  #town: Town | undefined
  /** Per copy: one message after the other. */
  #turns = new Map<OpenCopy, Promise<void>>()
  /** Copies that have not heard yet that they are current. */
  #late = new Set<OpenCopy>()
  #asks = new LiveAsks()

  constructor(hub: HubClient, databases: Databases, packs: Packs, events: ConnectionEvents) {
    this.#hub = hub
    this.#databases = databases
    this.#packs = packs
    this.#events = events
  }

  start(): void {
    if (this.#run) return
    this.#run = new AbortController()
    void this.#keepUp(this.#run.signal)
  }

  stop(): void {
    if (!this.#run) return
    this.#run.abort()
    this.#run = undefined
    this.#wake()
    this.#disconnect()
  }

  /** Nobody is signed in: ends the connection, and learns which town this is as soon as the hub answers. */
  greet(): void {
    this.stop()
    const greeting = async (): Promise<void> => {
      for (;;) {
        const town = await this.#learnTown()
        if (this.#run || town.ok || town.failure !== 'unreachable') return
        await this.#rest()
      }
    }
    greeting().catch((fault: unknown) => this.#events.onFault(fault))
  }

  /** Something says that the network may be another now. */
  wake(): void {
    this.#pause = firstPause
    this.#feed?.probe()
    this.#wake()
  }

  /** Sends documents over the live socket; what was refused of them, or undefined when no answer came. */
  async append(audience: Audience, documents: readonly StoredDocument[]): Promise<readonly RefusedWrite[] | undefined> {
    const ask = (number: number) => ({ kind: 'append', number, audience, documents }) as const
    const answer = await this.#asks.ask(this.#feed, ask, appendWithin)
    return answer?.kind === 'appended' ? answer.refused : undefined
  }

  /** Sends a ballot over the live socket; its receipt or why there is none, or undefined when no answer came. */
  async castBallot(vote: string, ballot: BallotRequest): Promise<BallotReceipt | ApiFailure | undefined> {
    const ask = (number: number) => ({ kind: 'ballot', number, vote, ballot }) as const
    const answer = await this.#asks.ask(this.#feed, ask, ballotWithin)
    return answer?.kind === 'ballot-answered' ? answer.answer : undefined
  }

  async #keepUp(run: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.#attempt(run)
      } catch (fault) {
        this.#events.onFault(fault)
      }
      if (run.aborted) return
      this.#disconnect()
      await this.#rest()
      if (run.aborted) return
    }
  }

  #disconnect(): void {
    const feed = this.#feed
    this.#feed = undefined
    feed?.close()
    this.#asks.giveUp()
    this.#events.rooms.connect(undefined)
    this.#events.onProgress(null)
    this.#events.onPhase('offline')
  }

  /** Back-off with jitter: devices that lost one hub do not all return at once. */
  async #rest(): Promise<void> {
    const pause = this.#pause * (0.5 + Math.random())
    this.#pause = Math.min(this.#pause * 2, longestPause)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** One connection from greeting to loss; settles when it is over. */
  async #attempt(run: AbortSignal): Promise<void> {
    const town = await this.#learnTown()
    if (run.aborted) return
    if (!town.ok) return this.#giveUp(town.failure)
    const session = await this.#hub.ask<SessionInfo>('GET', paths.session)
    // Of whoever left meanwhile the answer says that their session is over, and not that of who came after them.
    if (run.aborted) return
    if (!session.ok) return this.#giveUp(session.failure)
    this.#events.onPhase('catching-up')
    await this.#events.onSession(session.value, town.value)
    if (run.aborted) return
    this.#events.onReached(session.value, town.value)
    const isComplete = await fillAll(
      this.#databases.open,
      (open) => this.#fill(open),
      () => this.#events.onFilled(),
    )
    if (isComplete && !run.aborted) await this.#follow(run)
  }

  /** A revoked device hears it whatever it asks; everything else but an ended session may pass. */
  async #giveUp(failure: ApiFailure | 'unreachable'): Promise<void> {
    if (failure === 'unreachable') return
    if (failure.error === 'revoked') await this.#events.onRevoked()
    else if (failure.error === 'not-signed-in') await this.#events.onExpired()
  }

  async #learnTown(): HubAnswer<Town> {
    const town = await this.#hub.ask<Town>('GET', paths.town)
    if (!town.ok) return town
    this.#town = town.value
    await this.#events.onTown(town.value)
    return town
  }

  /** Whether the copy is complete as of its snapshot; what changed since comes over the live feed. */
  async #fill(begun: OpenCopy): Promise<boolean> {
    const open = await this.#databases.emptied(begun)
    const contact = await makeFirstContact(this.#hub, this.#databases, this.#packs, open, (done, of) =>
      this.#events.onProgress({ done, of }),
    )
    this.#events.onProgress(null)
    if (contact.ok) await this.#advance(open, contact.value)
    return contact.ok
  }

  async #replicate(open: OpenCopy, since: Seq): Promise<Result<Seq, ContactFailure>> {
    const caught = await catchUp(this.#hub, open, since)
    if (!caught.ok) return caught
    await this.#advance(open, caught.value)
    return success(caught.value)
  }

  async #advance(open: OpenCopy, seq: Seq): Promise<void> {
    if (this.#databases.open.includes(open)) await this.#databases.update(open, { seq, seen: new Date().toISOString() })
  }

  /** Follows the live feed until it ends. */
  async #follow(run: AbortSignal): Promise<void> {
    const { rooms } = this.#events
    await new Promise<void>((resolve, reject) => {
      this.#turns.clear()
      this.#late.clear()
      const hears = { tell: (tell: LiveTell) => this.#hear(tell), frame: (bytes: Uint8Array) => rooms.take(bytes) }
      openLiveFeed(this.#hub, hears, resolve).then((feed) => {
        if (run.aborted) feed?.close()
        if (!feed || run.aborted) return resolve()
        this.#feed = feed
        rooms.connect(feed)
        this.#subscribe(this.#databases.open)
      }, reject)
    })
  }

  #subscribe(copies: readonly OpenCopy[]): void {
    const since = Object.fromEntries(copies.map(({ copy }) => [copy.audience, copy.seq ?? 0]))
    for (const open of copies) this.#late.add(open)
    this.#feed?.send({ kind: 'subscribe', since })
  }

  #hear(tell: LiveTell): void {
    switch (tell.kind) {
      case 'pong':
        this.#noteFresh()
        return
      case 'revoked':
        void this.#events.onEnded().catch((fault: unknown) => this.#events.onFault(fault))
        return
      case 'session':
        void this.#takeSession(tell.session)
        return
      case 'appended':
      case 'ballot-answered':
        this.#asks.settle(tell)
        return
      case 'entered':
      case 'came':
      case 'left':
      case 'expelled':
        this.#events.rooms.hear(tell)
        return
      case 'changes':
        this.#show(tell)
        this.#inTurn(tell.audience, (open) => this.#take(open, tell))
        return
      case 'behind':
        this.#inTurn(tell.audience, (open) => this.#take(open, tell))
    }
  }

  /** What happens in a meeting is shown before it is stored: the hub has it already. */
  #show({ audience, documents }: LiveTell & { kind: 'changes' }): void {
    const open = this.#databases.find(audience)
    if (open) this.#events.onDocuments(open, documents)
  }

  /** Purges at once what is no longer named; new audiences are filled by greeting the hub again. */
  async #takeSession(session: Omit<SessionInfo, 'token'>): Promise<void> {
    try {
      if (this.#town) await this.#events.onSession(session, this.#town)
    } catch (fault) {
      this.#events.onFault(fault)
    }
    this.#pause = 0
    this.#feed?.close()
  }

  #noteFresh(): void {
    if (!this.#feed || this.#late.size > 0) return
    this.#pause = firstPause
    this.#events.onPhase('live')
    this.#events.onFresh()
  }

  #inTurn(audience: Audience, act: (open: OpenCopy) => Promise<void>): void {
    const open = this.#databases.find(audience)
    if (!open) return
    const turn = (this.#turns.get(open) ?? Promise.resolve())
      .then(() => act(open))
      .catch((fault: unknown) => {
        // A copy that was purged meanwhile takes nothing more.
        if (this.#databases.open.includes(open)) this.#events.onFault(fault)
        this.#feed?.close()
      })
    this.#turns.set(open, turn)
  }

  async #take(open: OpenCopy, tell: LiveTell & { kind: 'changes' | 'behind' }): Promise<void> {
    if (!this.#databases.open.includes(open)) return
    const here = open.copy.seq ?? 0
    if (tell.kind === 'changes' && tell.from === here) {
      await this.#databases.put(open, tell.documents)
      await this.#advance(open, tell.seq)
      if (tell.pending === 0) this.#late.delete(open)
      return this.#noteFresh()
    }
    this.#late.add(open)
    this.#events.onPhase('catching-up')
    const caught = await this.#replicate(open, here)
    if (caught.ok) this.#subscribe([open])
    else this.#feed?.close()
  }
}
