import * as Y from 'yjs'
import type { RoomPeer } from '../../../../shared/hub-api/rooms.ts'
import { FromOthers } from '../from-others.ts'
import { integrate } from '../integrate.ts'
import { encodeDirect, type DirectMessage } from './messages.ts'

/** What a page needs of the way to the others. */
export interface PagePeers {
  /** Undefined while this window is out. */
  readonly own: number | undefined
  /** Whoever came first before the others. */
  readonly others: readonly RoomPeer[]
  readonly linked: readonly number[]
  update(page: string, update: Uint8Array): void
  direct(peer: number, message: Uint8Array): boolean
}

/** Milliseconds for an answer before another is asked. */
const answerWithin = 4000

/**
 * Keeps one page the same in the windows that have it open. Who comes asks one that is there what is missing, and then
 * tells everybody what that one lacked; from then on each window tells its own edits once, and passes on only what comes
 * to light when a link between two is lost. What goes down with a window, or is under way over a link when somebody
 * comes, is left to ordinary sync.
 */
export class PageSync {
  readonly #page: string
  readonly #doc: Y.Doc
  readonly #peers: PagePeers
  readonly #fromOthers = new FromOthers()
  /** Peers that may still be asked, the next one first. */
  #candidates: number[] = []
  #asked: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Peers that know more than the hub carries: asked over a link as soon as there is one. */
  readonly #largeAt = new Set<number>()
  #isComplete = false
  /** Called after something of this changed. */
  onChange: () => void = () => {}
  /** Called with updates of others, as they came. */
  onForeign: (update: Uint8Array) => void = () => {}

  constructor(page: string, doc: Y.Doc, peers: PagePeers) {
    this.#page = page
    this.#doc = doc
    this.#peers = peers
    doc.on('update', this.#tell)
    this.begin()
  }

  /** Whether this window has everything that those who are there have. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  /** This window came in, or opened the page: finds out what it missed. */
  begin(): void {
    this.#largeAt.clear()
    this.#candidates = this.#peers.others.map(({ peer }) => peer)
    this.#isComplete = false
    this.#next()
  }

  /** This window is out: nobody can be asked. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#asked = undefined
    this.#candidates = []
    this.#largeAt.clear()
    this.#setComplete(false)
  }

  /** Somebody comes; where the one who was asked goes without a word, they are asked next. */
  came(peer: number): void {
    if (this.#asked !== undefined) this.#candidates.push(peer)
  }

  /** A peer is gone; whoever waits for it asks the next. */
  left(peer: number): void {
    this.#candidates = this.#candidates.filter((candidate) => candidate !== peer)
    this.#largeAt.delete(peer)
    if (this.#asked === peer) this.#next()
  }

  /** A link begins to carry messages. */
  linked(peer: number): void {
    if (this.#largeAt.delete(peer)) this.#ask(peer)
  }

  /** A link is over; what was in it is asked for again, from both sides. */
  unlinked(peer: number): void {
    this.#ask(peer)
  }

  /** What somebody drew. */
  take(update: Uint8Array): void {
    this.#apply(update)
  }

  hear(peer: number, { kind, first, second }: DirectMessage): void {
    if (kind === 'ask') return this.#answer(peer, first)
    if (kind === 'missing') return this.#applyForAll(first)
    if (kind === 'answer') return this.#takeAnswer(peer, first, second)
    if (kind === 'too-large') this.#largeAt.add(peer)
    if (peer === this.#asked) this.#next()
    if (kind === 'too-large' && this.#peers.linked.includes(peer)) this.linked(peer)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#doc.off('update', this.#tell)
  }

  readonly #tell = (update: Uint8Array, origin: unknown): void => {
    if (!(origin instanceof FromOthers)) this.#peers.update(this.#page, update)
  }

  #next(): void {
    clearTimeout(this.#timer)
    this.#asked = this.#candidates.shift()
    if (this.#asked === undefined) return this.#setComplete(this.#largeAt.size === 0 && this.#peers.own !== undefined)
    this.#timer = setTimeout(() => this.#next(), answerWithin)
    this.#ask(this.#asked)
  }

  #ask(peer: number): void {
    this.#peers.direct(peer, encodeDirect('ask', this.#page, Y.encodeStateVector(this.#doc)))
  }

  #answer(peer: number, theirs: Uint8Array): void {
    const update = Y.encodeStateAsUpdate(this.#doc, theirs)
    const answer = encodeDirect('answer', this.#page, Y.encodeStateVector(this.#doc), update)
    if (!this.#peers.direct(peer, answer)) this.#peers.direct(peer, encodeDirect('too-large', this.#page))
  }

  #takeAnswer(peer: number, theirs: Uint8Array, update: Uint8Array): void {
    const isFirst = peer === this.#asked
    const isMending = !isFirst && (this.#asked !== undefined || this.#isComplete)
    // Who was asked as the first one stands for all; later answers mend what was lost between two.
    if (isMending) this.#applyForAll(update)
    else this.#apply(update)
    const lacking = lackingAt(this.#doc, theirs, update)
    if (lacking && isFirst) this.#peers.update(this.#page, lacking)
    else if (lacking) this.#peers.direct(peer, encodeDirect('missing', this.#page, lacking))
    if (isMending) return
    clearTimeout(this.#timer)
    this.#asked = undefined
    this.#candidates = []
    this.#largeAt.clear()
    this.#setComplete(true)
  }

  /**
   * What mends a loss between two may hold what nobody else has: words of somebody who has just come, and goes again
   * before they could tell all. What is new in it is passed on.
   */
  #applyForAll(update: Uint8Array): void {
    const tell = (news: Uint8Array): void => this.#peers.update(this.#page, news)
    this.#doc.once('update', tell)
    this.#apply(update)
    this.#doc.off('update', tell)
  }

  #apply(update: Uint8Array): void {
    try {
      integrate(this.#doc, update, this.#fromOthers)
      this.onForeign(update)
    } catch {
      // The hub and every honest window send what they have read themselves; whoever sends this hurts nobody.
    }
  }

  #setComplete(isComplete: boolean): void {
    this.#isComplete = isComplete
    this.onChange()
  }
}

/**
 * What a window lacks that answered, as an update; undefined when it lacks nothing.
 *
 * @param theirs its state vector
 * @param answer its answer, which holds all that it knows to be deleted
 */
function lackingAt(doc: Y.Doc, theirs: Uint8Array, answer: Uint8Array): Uint8Array | undefined {
  const there = Y.createSnapshot(Y.decodeUpdate(answer).ds, Y.decodeStateVector(theirs))
  if (Y.equalSnapshots(Y.snapshot(doc), there)) return undefined
  return Y.encodeStateAsUpdate(doc, theirs)
}
