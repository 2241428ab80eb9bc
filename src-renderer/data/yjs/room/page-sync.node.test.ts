import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { RoomPeer } from '../../../../shared/hub-api/rooms.ts'
import { FromOthers } from '../from-others.ts'
import { integrate } from '../integrate.ts'
import { decodeDirect } from './messages.ts'
import { PageSync, type PagePeers } from './page-sync.ts'

const page = '01J00000000000000000000001'

interface Message {
  readonly from: number
  readonly to: number
  /** What a pair says over its link may be lost with the link; through the hub nothing is. */
  readonly isLinked: boolean
  readonly deliver: () => void
}

/** A room as the hub and links make it: what the hub carries reaches each in order, and so does what a link carries. */
class SimulatedRoom {
  readonly seats = new Map<number, Replica>()
  readonly queue: Message[] = []
  readonly links = new Set<string>()
  lastPeer = 0
  isLeftToSync = false
  /** A link lost something, which its two windows ask each other for. */
  hasLost = false

  pair = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
  isLinked = (a: number, b: number): boolean => this.links.has(this.pair(a, b))

  send(from: number, to: number, deliver: () => void): void {
    this.queue.push({ from, to, isLinked: this.isLinked(from, to), deliver })
  }

  /** Delivers the first message of one link, or the first that the hub has for somebody. */
  step(chance: number): void {
    const [first] = this.queue.length > 0 ? [this.queue[chance % this.queue.length]!] : []
    if (!first) return
    const place = this.queue.findIndex(
      ({ from, to, isLinked }) => to === first.to && isLinked === first.isLinked && (!isLinked || from === first.from),
    )
    const [message] = this.queue.splice(place, 1)
    if (this.seats.has(message!.to)) message!.deliver()
    if (this.queue.length === 0) this.hasLost = false
  }

  unlink(a: number, b: number): void {
    if (!this.links.delete(this.pair(a, b))) return
    const isLost = ({ from, to, isLinked }: Message): boolean => isLinked && this.pair(from, to) === this.pair(a, b)
    this.hasLost ||= this.queue.some(isLost)
    for (const lost of this.queue.filter(isLost)) this.queue.splice(this.queue.indexOf(lost), 1)
    this.seats.get(a)?.sync.unlinked(b)
    this.seats.get(b)?.sync.unlinked(a)
  }
}

/** One window with its page and its disk. */
class Replica implements PagePeers {
  readonly doc = new Y.Doc()
  readonly sync: PageSync
  readonly room: SimulatedRoom
  /** Updates that its disk has, as ordinary sync carries them. */
  stored: Uint8Array[] = []
  own: number | undefined
  others: RoomPeer[] = []
  /** Updates as they came, with who sent them: two may erase the same at once, and say the same. */
  readonly heard: string[] = []

  constructor(room: SimulatedRoom, clientID: number) {
    this.room = room
    this.doc.clientID = clientID
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (!(origin instanceof FromOthers) && origin !== 'sync') this.stored.push(update)
    })
    this.sync = new PageSync(page, this.doc, this)
  }

  get linked(): number[] {
    return this.others.flatMap(({ peer }) => (this.room.isLinked(this.own!, peer) ? [peer] : []))
  }

  update(_page: string, update: Uint8Array): void {
    const from = this.own
    if (from === undefined) return
    for (const { peer } of this.others)
      this.room.send(from, peer, () => {
        const there = this.room.seats.get(peer)!
        there.heard.push(`${from} ${Buffer.from(update).toString('base64')}`)
        there.sync.take(update)
      })
  }

  direct(peer: number, bytes: Uint8Array): boolean {
    const from = this.own
    if (from === undefined) return true
    this.room.send(from, peer, () => this.room.seats.get(peer)!.sync.hear(from, decodeDirect(bytes)!))
    return true
  }

  enter(): void {
    if (this.own !== undefined) return
    // Whoever is asked may not have heard yet what is under way over links, or was lost in one and is being asked for;
    // and nobody sent it here.
    if (this.room.hasLost || this.room.queue.some(({ isLinked }) => isLinked)) this.room.isLeftToSync = true
    const peer = ++this.room.lastPeer
    this.others = [...this.room.seats.keys()].map((other) => ({ peer: other, account: 'a', name: 'A' }))
    this.own = peer
    for (const other of this.room.seats.values())
      // The hub tells in the order in which it hears: whoever was told of somebody gets their words afterwards.
      other.others = [...other.others, { peer, account: 'a', name: 'A' }]
    for (const other of this.room.seats.values()) other.sync.came(peer)
    this.room.seats.set(peer, this)
    this.sync.begin()
  }

  leave(): void {
    const peer = this.own
    if (peer === undefined) return
    for (const { peer: other } of this.others) this.room.links.delete(this.room.pair(peer, other))
    this.room.seats.delete(peer)
    const lost = this.room.queue.filter(({ from, to, isLinked }) => to === peer || (from === peer && isLinked))
    for (const message of lost) this.room.queue.splice(this.room.queue.indexOf(message), 1)
    // Of a link that went with its window nobody is left to ask: ordinary sync brings what was in it.
    if (lost.some(({ from }) => from === peer) || this.room.hasLost) this.room.isLeftToSync = true
    this.own = undefined
    this.others = []
    this.sync.stop()
    for (const other of this.room.seats.values()) {
      other.others = other.others.filter((known) => known.peer !== peer)
      other.sync.left(peer)
    }
  }
}

type Deed =
  | { readonly kind: 'draw' | 'erase' | 'enter' | 'leave' | 'fold'; readonly who: number; readonly at: number }
  | { readonly kind: 'step'; readonly who: number; readonly at: number }
  | { readonly kind: 'link' | 'unlink' | 'store'; readonly who: number; readonly at: number }

const kinds = ['draw', 'draw', 'draw', 'erase', 'enter', 'enter', 'leave', 'fold', 'link', 'unlink', 'store'] as const
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom(...kinds, 'step' as const, 'step' as const, 'step' as const, 'step' as const),
  who: fc.nat(3),
  at: fc.nat(200),
})

function perform(
  replicas: readonly Replica[],
  { kind, who, at }: Deed,
  drawn: { count: number; erased: Set<string> },
): void {
  const replica = replicas[who % replicas.length]!
  const other = replicas[at % replicas.length]!
  const { room, doc } = replica
  const elements = doc.getMap<string>('elements')
  if (kind === 'draw') elements.set(`e${drawn.count++}`, 'x')
  else if (kind === 'erase') {
    const key = [...elements.keys()][at % Math.max(elements.size, 1)]
    if (key !== undefined) elements.delete(key)
    if (key !== undefined) drawn.erased.add(key)
  } else if (kind === 'enter') replica.enter()
  else if (kind === 'leave') replica.leave()
  else if (kind === 'fold') replica.stored = [Y.encodeStateAsUpdate(foldedDoc(replica.stored))]
  else if (kind === 'store') for (const update of other.stored) integrate(doc, update, new FromOthers())
  else if (kind === 'step') room.step(at)
  else if (replica.own !== undefined && other.own !== undefined && replica !== other) {
    if (kind === 'unlink') room.unlink(replica.own, other.own)
    else {
      room.links.add(room.pair(replica.own, other.own))
      replica.sync.linked(other.own)
      other.sync.linked(replica.own)
    }
  }
}

function foldedDoc(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) integrate(doc, update, new FromOthers())
  return doc
}

const goneBeforeAllHeard: Deed[] = [
  { kind: 'enter', who: 2, at: 0 },
  { kind: 'draw', who: 0, at: 0 },
  { kind: 'enter', who: 0, at: 0 },
  { kind: 'link', who: 0, at: 2 },
  { kind: 'unlink', who: 0, at: 2 },
  { kind: 'enter', who: 1, at: 0 },
  { kind: 'draw', who: 0, at: 0 },
  { kind: 'step', who: 0, at: 2 },
  { kind: 'leave', who: 0, at: 0 },
]

const keysOf = ({ doc }: Replica): string[] => [...doc.getMap('elements').keys()].sort()

test('whatever is drawn, cut off, linked, lost with a link and folded: who is together in the end has one page, and nothing is lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }),
      fc.array(deed, { maxLength: 160, size: 'max' }),
      fc.boolean(),
      (count, deeds, isSynced) => {
        const room = new SimulatedRoom()
        room.isLeftToSync = isSynced
        const replicas = Array.from({ length: count }, (_, place) => new Replica(room, place + 1))
        const drawn = { count: 0, erased: new Set<string>() }
        for (const done of deeds) if (isSynced || done.kind !== 'store') perform(replicas, done, drawn)
        for (const replica of replicas) replica.enter()
        while (room.queue.length > 0) room.step(0)
        const stored = replicas.flatMap((replica) => replica.stored)
        if (room.isLeftToSync)
          for (const { doc } of replicas) for (const update of stored) integrate(doc, update, new FromOthers())
        const all = Array.from({ length: drawn.count }, (_, place) => `e${place}`)
        const expected = all.filter((key) => !drawn.erased.has(key)).sort()
        for (const replica of replicas) {
          expect(keysOf(replica)).toEqual(expected)
          expect(replica.sync.isComplete).toBe(true)
          replica.sync.close()
        }
        // Ordinary sync alone has it all as well, in whatever form it was folded.
        const disk = foldedDoc(stored.toReversed())
        expect([...disk.getMap('elements').keys()].sort()).toEqual(expected)
      },
    ),
    {
      numRuns: 400,
      // Words that one window alone has from somebody who was gone before they could tell all.
      examples: [[3, goneBeforeAllHeard, false]],
    },
  )
})

test('as long as all are together, nobody hears the same update twice', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 160, size: 'max' }), (deeds) => {
      const room = new SimulatedRoom()
      const replicas = [1, 2, 3, 4].map((client) => new Replica(room, client))
      for (const replica of replicas) replica.enter()
      while (room.queue.length > 0) room.step(0)
      const drawn = { count: 0, erased: new Set<string>() }
      const calm = deeds.filter(({ kind }) => !['enter', 'leave', 'unlink', 'store'].includes(kind))
      for (const done of calm) perform(replicas, done, drawn)
      while (room.queue.length > 0) room.step(0)
      for (const replica of replicas) {
        expect(new Set(replica.heard).size).toBe(replica.heard.length)
        expect(keysOf(replica)).toEqual(keysOf(replicas[0]!))
        replica.sync.close()
      }
    }),
    { numRuns: 200 },
  )
})

test('an update that is none harms nobody', () => {
  const room = new SimulatedRoom()
  const [one, two] = [new Replica(room, 1), new Replica(room, 2)]
  one.enter()
  two.enter()
  while (room.queue.length > 0) room.step(0)
  for (const bytes of [
    [1, 1],
    [255, 255, 255],
    [0, 0, 9],
  ])
    two.sync.take(new Uint8Array(bytes))
  one.doc.getMap('elements').set('e', 'x')
  while (room.queue.length > 0) room.step(0)
  expect(keysOf(two)).toEqual(['e'])
})
