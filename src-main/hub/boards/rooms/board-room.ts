import type { Logger } from 'pino'
import * as Y from 'yjs'
import {
  decodePageUpdate,
  encodeFrame,
  type ExpelledBecause,
  type IceServer,
  type RoomFrame,
  type RoomPeer,
} from '../../../../shared/hub-api/rooms.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import { canRead, mayDraw } from '../../../../shared/rules/access.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { mayDrawNow } from '../../../../shared/rules/board.ts'
import type { RoomGuest } from '../../live-rooms.ts'
import type { BoardPlaces } from '../board-places.ts'
import type { BoardRests } from '../board-rests.ts'
import { Allowance } from './allowance.ts'

/** People, each with one window: more than any council has. */
const mostPeople = 150
/** Bytes waiting for a slow device before glances pass it by, and before it is left to ordinary sync. */
const crowded = 131_072
const largestBacklog = 1_048_576

/** What rooms ask about a board, and the time in milliseconds. */
export interface RoomParts {
  readonly places: BoardPlaces
  readonly rests: BoardRests
  readonly log: Pick<Logger, 'error'>
  /** Told to whoever comes in. */
  readonly iceServers: readonly IceServer[]
  readonly now: () => number
}

/** A window that is at the board. */
export interface Seat extends RoomPeer {
  readonly guest: RoomGuest
  readonly channel: number
  readonly allowance: Allowance
}

/** A screen of the room that shows a page of the board: hears what is sent to everybody, and says nothing. */
export interface Onlooker {
  /** Such as `projector:1`. */
  readonly projector: string
  update(page: string, update: Uint8Array): void
  glance(peer: number, body: Uint8Array): void
  left(peer: number): void
}

/**
 * Those who are at a board right now. What one of them sends reaches each of the others once, in the order in which it
 * came, and is kept nowhere; who may no longer see the board is out before the next byte.
 */
export class BoardRoom {
  readonly board: string
  readonly #places: BoardPlaces
  readonly #rests: BoardRests
  readonly #iceServers: readonly IceServer[]
  readonly #now: () => number
  readonly #seats = new Map<number, Seat>()
  readonly #onlookers = new Set<Onlooker>()
  #lastPeer = 0
  /** What was sent while it is open whether the board rests, in its order. */
  #held: { readonly seat: Seat; readonly frame: RoomFrame }[] = []
  /** Where the board is and how, until one of it changes: asked of each message for each receiver. */
  #known: { readonly board: Board | undefined; readonly audiences: readonly Audience[] } | undefined

  constructor(board: string, { places, rests, iceServers, now }: Omit<RoomParts, 'log'>) {
    this.board = board
    this.#places = places
    this.#rests = rests
    this.#iceServers = iceServers
    this.#now = now
  }

  get isEmpty(): boolean {
    return this.#seats.size === 0 && this.#onlookers.size === 0
  }

  /** Seats a guest; says why not where there is no seat. */
  enter(guest: RoomGuest, channel: number): Seat | ExpelledBecause {
    const because = this.#whyNot(guest)
    if (because) return because
    if (this.#seats.size >= mostPeople) return 'full'
    const peer = ++this.#lastPeer
    const account = guest.principal.account ?? ''
    const seat: Seat = { peer, account, name: guest.name, guest, channel, allowance: new Allowance(this.#now) }
    this.recheck()
    const others = [...this.#seats.values()].map(asPeer)
    this.#seats.set(peer, seat)
    guest.tell({ kind: 'entered', channel, peer, others, iceServers: this.#iceServers })
    if (this.#onlookers.size > 0) this.#tellProjectors(seat)
    for (const { guest: other, channel: theirs, peer: before } of this.#seats.values())
      if (before !== peer) other.tell({ kind: 'came', channel: theirs, who: asPeer(seat) })
    return seat
  }

  /** Somebody goes, or has to; undefined: by themselves. */
  leave(seat: Seat, because?: ExpelledBecause): void {
    if (!this.#seats.delete(seat.peer)) return
    if (because) seat.guest.tell({ kind: 'expelled', channel: seat.channel, because })
    for (const { guest, channel } of this.#seats.values()) guest.tell({ kind: 'left', channel, peer: seat.peer })
    for (const onlooker of this.#onlookers) onlooker.left(seat.peer)
  }

  /** A screen shows a page of the board until the returned end; those who are there know of it. */
  watch(onlooker: Onlooker): () => void {
    const tell = (): void => this.#seats.forEach((seat) => this.#tellProjectors(seat))
    this.#onlookers.add(onlooker)
    tell()
    return () => {
      if (this.#onlookers.delete(onlooker)) tell()
    }
  }

  #tellProjectors({ guest, channel }: Seat): void {
    const projectors = [...new Set([...this.#onlookers].map(({ projector }) => projector))].sort()
    guest.tell({ kind: 'projected', channel, projectors })
  }

  has = (seat: Seat): boolean => this.#seats.get(seat.peer) === seat

  /** Rights may be others: who has none any more is out at once. */
  recheck(): void {
    this.#known = undefined
    for (const seat of [...this.#seats.values()]) {
      const because = this.#whyNot(seat.guest)
      if (because) this.leave(seat, because)
    }
  }

  /** Carries what somebody sends. */
  carry(seat: Seat, frame: RoomFrame): void {
    const because = this.#whyNot(seat.guest)
    if (because) return this.leave(seat, because)
    if (!this.has(seat)) return
    if (!seat.allowance.takes(frame.body.length)) return this.leave(seat, 'too-much')
    if (this.#isSettling()) this.#held.push({ seat, frame })
    else this.#deliver(seat, frame)
  }

  /** It is known again whether the board rests: what was sent meanwhile goes on its way, or nowhere. */
  flush(): void {
    if (this.#held.length === 0 || this.#isSettling()) return
    const held = this.#held
    this.#held = []
    for (const { seat, frame } of held) {
      const because = this.#whyNot(seat.guest)
      if (because) this.leave(seat, because)
      else if (this.has(seat)) this.#deliver(seat, frame)
    }
  }

  #deliver(seat: Seat, frame: RoomFrame): void {
    const drawn = frame.kind === 'update' ? pageUpdateOf(frame.body) : undefined
    if (frame.kind === 'update') {
      if (!drawn) return this.leave(seat, 'malformed')
      // The ordinary way refuses it too, and there the person hears why.
      if (!this.#mayDraw(seat)) return
    }
    for (const onlooker of this.#onlookers) {
      if (drawn) onlooker.update(drawn.page, drawn.update)
      if (frame.kind === 'glance') onlooker.glance(seat.peer, frame.body)
    }
    const isMeant = (peer: number): boolean =>
      frame.kind === 'direct' ? frame.peers[0] === peer : peer !== seat.peer && !frame.peers.includes(peer)
    for (const receiver of [...this.#seats.values()])
      if (receiver.peer !== seat.peer && isMeant(receiver.peer)) this.#send(receiver, seat.peer, frame)
  }

  #send(receiver: Seat, from: number, { kind, body }: RoomFrame): void {
    const { guest, channel } = receiver
    const because = this.#whyNot(guest)
    if (because) return this.leave(receiver, because)
    if (kind === 'glance' && guest.backlog > crowded) return
    if (guest.backlog > largestBacklog) return this.leave(receiver, 'behind')
    guest.send(encodeFrame({ channel, kind, peers: [from], body }))
  }

  #isSettling(): boolean {
    const { board } = this.#whereabouts()
    return board !== undefined && this.#rests.isSettling(board.meeting)
  }

  #mayDraw(seat: Seat): boolean {
    const [{ board }, audience] = [this.#whereabouts(), this.#audienceOf(seat.guest)]
    if (!board || !audience) return false
    return mayDraw(seat.guest.principal, audience) && mayDrawNow(board, seat.account)
  }

  /** Why a guest may not be here at this instant. Whoever may not see the board does not learn that it rests. */
  #whyNot(guest: RoomGuest): ExpelledBecause | undefined {
    const { board } = this.#whereabouts()
    if (!board || !this.#audienceOf(guest)) return 'no-such-room'
    return this.#rests.isAtRest(board) ? 'at-rest' : undefined
  }

  #audienceOf({ principal }: RoomGuest): Audience | undefined {
    const { board, audiences } = this.#whereabouts()
    if (principal.account === null || !board) return undefined
    return audiences.find((audience) => canRead(principal, audience))
  }

  #whereabouts(): { readonly board: Board | undefined; readonly audiences: readonly Audience[] } {
    this.#known ??= { board: this.#places.boardNow(this.board), audiences: this.#places.audiencesOf(this.board) }
    return this.#known
  }
}

const asPeer = ({ peer, account, name }: Seat): RoomPeer => ({ peer, account, name })

/** What a body says of which page; undefined for what is no update. */
function pageUpdateOf(body: Uint8Array): ReturnType<typeof decodePageUpdate> {
  const read = decodePageUpdate(body)
  try {
    if (read) Y.decodeUpdate(read.update)
    return read
  } catch {
    return undefined
  }
}
