import {
  paths,
  type ApiFailure,
  type BallotReceipt,
  type RefusedWrite,
  type SessionInfo,
  type Town,
} from '../../../../shared/hub-api/contract.ts'
import type { BallotRequest } from '../../../../shared/hub-api/meetings.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { HubAnswer, HubClient } from '../../hub/index.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'
import type { RoomHelp } from '../room-help.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { fillAll, makeFirstContact } from './first-contact.ts'
import { Following, type FollowingNeeds } from './following.ts'
import { LiveAsks } from './live-asks.ts'
import { openLiveFeed, type LiveFeed } from './live-feed.ts'

export interface ConnectionEvents extends Pick<FollowingNeeds, 'onEnded' | 'onFresh' | 'onDocuments' | 'onFault'> {
  readonly rooms: FollowingNeeds['rooms'] & Pick<Rooms, 'connect'>
  readonly help: FollowingNeeds['help'] & Pick<RoomHelp, 'connect'>
  onTown(town: Town): Promise<void>
  /** What the hub says of the session now: copies are made and purged accordingly. */
  onSession(session: Omit<SessionInfo, 'token'>, town: Town): Promise<void>
  onRevoked(): Promise<void>
  onExpired(): Promise<void>
  onPhase(phase: 'offline' | 'catching-up' | 'live'): void
  onProgress(progress: { done: number; of: number } | null): void
  /** First contacts are complete: of all copies, or of those that came in good time before the others. Settles when they are shown. */
  onFilled(): Promise<void>
  /** The hub can be reached: what waits may be sent. */
  onReached(session: Omit<SessionInfo, 'token'>, town: Town): void
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
    this.#events.help.connect(undefined)
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
    if (isComplete && !run.aborted) await this.#follow(run, town.value, session.value)
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
    if (contact.ok) await this.#databases.advance(open, contact.value)
    return contact.ok
  }

  /** Follows the live feed until it ends. `greeted` is the session as it was before the copies were filled. */
  #follow(run: AbortSignal, town: Town, greeted: SessionInfo): Promise<void> {
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
    const following = new Following(this.#databases, this.#asks, {
      ...this.#events,
      hub: this.#hub,
      onSession: (session) => this.#events.onSession(session, town),
      onFresh: () => {
        this.#pause = firstPause
        this.#events.onFresh()
      },
      // New audiences are filled by greeting the hub again, at once.
      onAudiences: () => (this.#pause = 0),
    })
    openLiveFeed(this.#hub, following, resolve).then((feed) => {
      if (run.aborted) feed?.close()
      if (!feed || run.aborted) return resolve()
      this.#feed = feed
      this.#events.rooms.connect(feed)
      this.#events.help.connect(feed)
      following.begin(feed)
      void this.#lookAgain(greeted, run, following)
    }, reject)
    return ended
  }

  /** The feed tells of changes from its opening on: those since the greeting are found by asking once more. */
  async #lookAgain(greeted: SessionInfo, run: AbortSignal, following: Following): Promise<void> {
    const now = await this.#hub.ask<SessionInfo>('GET', paths.session)
    if (run.aborted || !now.ok || JSON.stringify(now.value) === JSON.stringify(greeted)) return
    following.tell({ kind: 'session', session: now.value })
  }
}
