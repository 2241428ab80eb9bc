import * as v from 'valibot'
import type { WebSocket } from 'ws'
import type { RefusedWrite } from '../../../../shared/hub-api/contract.ts'
import { largestAppend, type LiveAsk, type LiveTell } from '../../../../shared/hub-api/live.ts'
import { deviceStateSchema } from '../../../../shared/hub-api/room-device.ts'
import { ballotRequestSchema } from '../../../../shared/hub-api/meetings.ts'
import type { Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { idOf } from '../../../../shared/oparl/record.ts'
import { isAudience, type Audience } from '../../../../shared/rules/audience.ts'
import type { BallotDoor } from '../../ballot-door.ts'
import type { LiveRooms, RoomDesk, RoomGuest } from '../../live-rooms.ts'
import type { RoomLine, RoomLines } from '../../room-lines.ts'
import type { Session } from '../../session.ts'
import type { AccessWatch, WatchedSession } from '../access-watch.ts'
import type { AudienceFeed, Subscriber } from './audience-feed.ts'

/** Bytes that may wait for a slow device before it is left to replication. */
const largestBacklog = 1_048_576
/** Appends and ballots of one device that may wait at once; who sends more does not listen to answers. */
const mostWaiting = 64
/** Close codes of our own (RFC 6455, section 7.4.2). */
const revokedCode = 4001
const notUnderstoodCode = 4002
const endedCode = 4003
const failedCode = 1011

const audienceName = v.pipe(
  v.string(),
  v.check(isAudience),
  v.transform((name) => name as Audience),
)
const askNumber = v.pipe(v.number(), v.integer(), v.minValue(0))
const channel = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))
const ask = v.variant('kind', [
  v.object({
    kind: v.literal('subscribe'),
    since: v.pipe(
      v.record(audienceName, v.union([v.number(), v.pipe(v.string(), v.maxLength(4000))])),
      v.maxEntries(200),
    ),
  }),
  v.object({
    kind: v.literal('append'),
    number: askNumber,
    audience: audienceName,
    documents: v.pipe(
      v.array(v.custom<StoredDocument>((given) => typeof given === 'object' && given !== null)),
      v.maxLength(largestAppend),
    ),
  }),
  v.object({
    kind: v.literal('ballot'),
    number: askNumber,
    vote: v.pipe(v.string(), v.maxLength(200)),
    ballot: ballotRequestSchema,
  }),
  v.object({
    kind: v.literal('enter'),
    channel,
    board: idOf('board'),
  }),
  v.object({ kind: v.literal('leave'), channel }),
  v.object({ kind: v.literal('device-state'), ...deviceStateSchema.entries }),
  v.object({ kind: v.literal('ping') }),
])

/** Gives the feed of an audience to a session that may read it. */
export type OpenFeed = (audience: Audience, watched: WatchedSession) => Promise<AudienceFeed | null>

/** Writes documents in the name of a session; settles with those refused, once the others are safe. */
export type Append = (
  audience: Audience,
  watched: WatchedSession,
  documents: readonly StoredDocument[],
) => Promise<readonly RefusedWrite[]>

/** What a socket needs of the hub. */
export interface SocketServices {
  readonly watch: AccessWatch
  readonly openFeed: OpenFeed
  readonly append: Append
  readonly castBallot: BallotDoor
  readonly rooms: LiveRooms
  readonly roomLines: RoomLines
  /** Hears why an ask came to nothing. */
  readonly onFault: (fault: unknown) => void
}

/** The socket of one device: what it follows, and that it hears nothing that it may not. */
export class DeviceSocket {
  readonly #socket: WebSocket
  readonly #watched: WatchedSession
  readonly #services: SocketServices
  readonly #desk: RoomDesk
  /** Of a room's device. */
  readonly #line: RoomLine | undefined
  readonly #followed = new Map<Audience, { feed: AudienceFeed; subscriber: Subscriber }>()
  #told: string
  #answered = true
  #waiting = 0

  constructor(socket: WebSocket, session: Session, services: SocketServices) {
    this.#socket = socket
    this.#services = services
    this.#told = JSON.stringify(session)
    this.#watched = services.watch.watch(session, () => this.#followAccess())
    this.#desk = services.rooms.receive(this.#asGuest(session.account.name))
    this.#line = services.roomLines.connect(session, (help) => this.#tell({ kind: 'help', help }))
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.#desk.take(data)
      else this.#hear(data.toString('utf8'))
    })
    socket.on('pong', () => (this.#answered = true))
    socket.on('close', () => this.#end())
  }

  /** Ends a socket whose session is over, or that did not answer the last time; else asks whether it is still there. */
  checkAlive(): void {
    this.#watched.keepCurrent()
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (!this.#answered) return this.#socket.terminate()
    this.#answered = false
    this.#socket.ping()
  }

  #hear(text: string): void {
    const heard = readAsk(text)
    if (!heard) return this.#socket.close(notUnderstoodCode, 'not understood')
    if (heard.kind === 'ping') return this.#tell({ kind: 'pong' })
    if (heard.kind === 'device-state') {
      const { version, kiosk, freshAsOf } = heard
      return this.#line?.hear({ version, kiosk, freshAsOf })
    }
    if (heard.kind === 'append') return void this.#answer(() => this.#write(heard))
    if (heard.kind === 'ballot') return void this.#answer(() => this.#cast(heard))
    if (heard.kind === 'enter' || heard.kind === 'leave') return this.#desk.hear(heard)
    for (const [audience, since] of Object.entries(heard.since) as [Audience, Seq][]) void this.#follow(audience, since)
  }

  #asGuest(name: string): RoomGuest {
    const [socket, watched] = [this.#socket, this.#watched]
    return {
      name,
      get principal() {
        watched.keepCurrent()
        return watched.principal
      },
      get backlog() {
        return socket.bufferedAmount
      },
      tell: (tell) => this.#tell(tell),
      send: (frame) => {
        if (socket.readyState === socket.OPEN) socket.send(frame, { binary: true })
      },
    }
  }

  /** Without an answer the device sends again: then what was stored is known and answered as such. */
  async #answer(act: () => Promise<LiveTell>): Promise<void> {
    if (this.#waiting >= mostWaiting) return this.#socket.close(notUnderstoodCode, 'too much at once')
    this.#waiting += 1
    try {
      this.#watched.keepCurrent()
      this.#tell(await act())
    } catch (fault) {
      this.#services.onFault(fault)
      this.#socket.close(failedCode, 'failed')
    } finally {
      this.#waiting -= 1
    }
  }

  async #write({ number, audience, documents }: Extract<LiveAsk, { kind: 'append' }>): Promise<LiveTell> {
    return { kind: 'appended', number, refused: await this.#services.append(audience, this.#watched, documents) }
  }

  async #cast({ number, vote, ballot }: Extract<LiveAsk, { kind: 'ballot' }>): Promise<LiveTell> {
    const answer = await this.#services.castBallot(this.#watched.principal, vote, ballot)
    return { kind: 'ballot-answered', number, answer }
  }

  async #follow(audience: Audience, since: Seq): Promise<void> {
    const feed = await this.#services.openFeed(audience, this.#watched)
    if (!feed || this.#socket.readyState !== this.#socket.OPEN || !this.#watched.mayRead(audience)) return
    this.#drop(audience)
    const subscriber: Subscriber = {
      seq: since,
      offer: (message, seq) => {
        if (!this.#watched.mayRead(audience) || this.#socket.readyState !== this.#socket.OPEN)
          subscriber.seq = undefined
        if (subscriber.seq === undefined) return
        if (this.#socket.bufferedAmount > largestBacklog) return subscriber.tellBehind(seq)
        this.#socket.send(message, { binary: false })
        subscriber.seq = seq
      },
      tellBehind: (seq) => {
        const mayKnow = subscriber.seq !== undefined && this.#watched.mayRead(audience)
        subscriber.seq = undefined
        if (mayKnow) this.#tell({ kind: 'behind', audience, seq })
      },
    }
    this.#followed.set(audience, { feed, subscriber })
    feed.subscribe(subscriber)
  }

  /** Runs in the same turn as the news from accounts: no byte of a lost audience leaves after it. */
  #followAccess(): void {
    const { session } = this.#watched
    this.#desk.recheck()
    if (!session) {
      this.#dropAll()
      // Who signed out or stayed away too long signs in again; only a revoked device is told to purge.
      if (!this.#watched.revoked) return this.#socket.close(endedCode, 'session ended')
      this.#tell({ kind: 'revoked' })
      return this.#socket.close(revokedCode, 'revoked')
    }
    for (const audience of [...this.#followed.keys()]) if (!this.#watched.mayRead(audience)) this.#drop(audience)
    const told = JSON.stringify(session)
    if (told !== this.#told) this.#tell({ kind: 'session', session })
    this.#told = told
  }

  #tell(tell: LiveTell): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(tell))
  }

  #drop(audience: Audience): void {
    const followed = this.#followed.get(audience)
    this.#followed.delete(audience)
    followed?.feed.unsubscribe(followed.subscriber)
  }

  #dropAll(): void {
    for (const audience of [...this.#followed.keys()]) this.#drop(audience)
  }

  #end(): void {
    this.#dropAll()
    this.#desk.end()
    this.#line?.end()
    this.#watched.release()
  }
}

function readAsk(text: string): LiveAsk | undefined {
  try {
    const outcome = v.safeParse(ask, JSON.parse(text))
    return outcome.success ? outcome.output : undefined
  } catch {
    return undefined
  }
}
