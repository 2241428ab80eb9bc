import { ulid } from 'ulid'
import {
  boardOfRoom,
  parseTextUpdateId,
  readTextUpdate,
  textUpdateId,
  type TextRoom,
  type TextUpdate,
} from '../../../../shared/council/text-update.ts'
import { hubAccount } from '../../../../shared/council/meeting-event.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { judgeWrite, type Principal, type Refusal } from '../../../../shared/rules/access.ts'
import type { KnownUpdate, TextChange } from '../../contract.ts'
import { base64ToBytes, bytesToBase64 } from '../base64.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Outbox, OutboxEntry } from '../sync/outbox.ts'
import { contentOf } from '../sync/revision.ts'
import { leavesOf, pendingFor } from '../sync/saving.ts'
import { holdsTexts, TextPlaces } from './text-places.ts'

type Tell = (key: string, change: TextChange) => void

export interface TextsNeeds {
  readonly databases: Databases
  readonly outbox: Outbox
  readonly principal: () => Principal | undefined
}

interface Follower {
  readonly room: TextRoom
  readonly key: string
  readonly tell: Tell
  isTold: boolean
}

/**
 * Texts that several people write together. Here they are sets of updates that nobody looks into: windows hear every
 * update that this device knows of a room, then what comes, and hand over theirs, which wait in the outbox for the hub.
 */
export class Texts {
  readonly #needs: TextsNeeds
  readonly #followers = new Map<Tell, Map<string, Follower>>()
  readonly #places: TextPlaces
  #turn: Promise<unknown> = Promise.resolve()
  onFault: (fault: unknown) => void = () => {}

  constructor(needs: TextsNeeds) {
    this.#needs = needs
    this.#places = new TextPlaces(needs.databases)
  }

  open(tell: Tell, key: string, room: TextRoom): void {
    const follower = { room, key, tell, isTold: false }
    const own = this.#followers.get(tell) ?? new Map<string, Follower>()
    this.#followers.set(tell, own.set(key, follower))
    this.#inTurn(() => this.#tellAll(follower))
  }

  close(tell: Tell, key: string): void {
    this.#followers.get(tell)?.delete(key)
  }

  /** A window is gone. */
  closeAll(tell: Tell): void {
    this.#followers.delete(tell)
  }

  /** Copies came or went, or became complete: tells everything anew. */
  reset(): void {
    const followers = this.#all()
    for (const follower of followers) follower.isTold = false
    this.#inTurn(async () => {
      for (const follower of followers) await this.#tellAll(follower)
    })
  }

  /** Some documents are others now, here or at the hub. */
  noteWritten(ids: readonly string[]): void {
    const rooms = Map.groupBy(ids, (id) => parseTextUpdateId(id)?.room)
    for (const [room, own] of rooms)
      if (room && this.#all().some((follower) => follower.room === room)) this.#inTurn(() => this.#tell(room, own))
    for (const board of ids.filter((id) => id.startsWith('board:'))) this.#inTurn(() => this.#noteBoard(board))
  }

  /**
   * Keeps an update on this disk, and sends it when there is a hub; given again under the same id it is kept once. What
   * the hub refused of this room before is sent once more, as a later update may build on it. Settles when whoever
   * follows has heard that the update waits: nobody takes it for received.
   */
  async append(id: string, update: Uint8Array): Promise<Result<void, Refusal>> {
    const outcome = await this.#needs.outbox.inTurn(id, () => this.#keep(id, update))
    await this.#turn
    return outcome
  }

  /**
   * Before a copy is emptied for a hub that was restored from a backup: what this account wrote waits again, and so
   * does what the hub had folded, under this account.
   */
  async rescue(open: OpenCopy): Promise<void> {
    const { databases, outbox, principal } = this.#needs
    const account = principal()?.account
    if (!holdsTexts(open) || !account) return
    const client = ulid()
    let clock = 0
    for (const stored of (await databases.readType(open, 'y')).values()) {
      const read = readTextUpdate(contentOf(stored))
      if (!read.ok || ![account, hubAccount].includes(read.value.author)) continue
      const { _id, author, update } = read.value
      const room = parseTextUpdateId(_id)!.room
      const id = author === account ? _id : textUpdateId({ room, client, clock: clock++ })
      await outbox.inTurn(id, async () =>
        outbox.put(open, await pendingFor(documentOf(id, account, update), undefined, [])),
      )
    }
  }

  async #keep(id: string, update: Uint8Array): Promise<Result<void, Refusal>> {
    const { outbox, principal } = this.#needs
    const room = parseTextUpdateId(id)?.room
    const [open, who] = [room && (await this.#places.of(room)).open, principal()]
    if (!who?.account) return failed({ reason: 'not-signed-in' })
    if (!room || !open) return failed({ reason: 'no-such-audience' })
    if (outbox.get(id) || (await leavesOf(open, id)).length > 0) return success(undefined)
    const document = documentOf(id, who.account, bytesToBase64(update))
    const verdict = judgeWrite(who, { audience: open.copy.audience, document, liveLeaves: 0 })
    if (!verdict.allowed) {
      const { allowed: _, ...refusal } = verdict
      return failed(refusal)
    }
    await this.#sendAnew(room, open, ({ row }) => row.refusal !== undefined)
    await outbox.put(open, await pendingFor(document, undefined, []))
    return success(undefined)
  }

  /** A board was seen elsewhere: what waits goes where it is now, and who follows hears what is here of it. */
  async #noteBoard(board: string): Promise<void> {
    const isOfBoard = ({ room }: { room: TextRoom }): boolean => boardOfRoom(room)?.board === board
    const rooms = [...this.#needs.outbox.ids()].map((id) => parseTextUpdateId(id)?.room)
    for (const room of new Set(rooms.filter((room) => room !== undefined && isOfBoard({ room })))) {
      const open = room && (await this.#places.of(room)).open
      if (room && open) await this.#sendAnew(room, open, (entry) => entry.open !== open)
    }
    for (const follower of this.#all().filter(isOfBoard)) await this.#tellAll(follower)
  }

  async #sendAnew(room: TextRoom, to: OpenCopy, isMeant: (entry: OutboxEntry) => boolean): Promise<void> {
    const { outbox } = this.#needs
    for (const entry of outbox.entries)
      if (parseTextUpdateId(entry.row.id)?.room === room && isMeant(entry))
        await outbox.inTurn(entry.row.id, () => outbox.put(to, { revisions: entry.revisions, base: entry.base }))
  }

  /** One after the other, so that no window hears of a state that another one has overtaken. */
  #inTurn(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(act).catch((fault: unknown) => this.onFault(fault))
  }

  #all(): Follower[] {
    return [...this.#followers.values()].flatMap((own) => [...own.values()])
  }

  async #tellAll(follower: Follower): Promise<void> {
    const { outbox } = this.#needs
    const { room, key, tell } = follower
    if (!this.#all().includes(follower)) return
    const { state } = await this.#places.of(room)
    follower.isTold = true
    if (state === 'absent') return tell(key, { state, all: true, changed: [], gone: [] })
    const stored = await this.#places.readAll(room)
    const ids = new Set([...stored.keys(), ...[...outbox.ids()].filter((id) => parseTextUpdateId(id)?.room === room)])
    const changed = [...ids].flatMap((id) => this.#known(id, stored.get(id)) ?? [])
    tell(key, { state, all: true, changed, gone: [] })
  }

  async #tell(room: TextRoom, ids: readonly string[]): Promise<void> {
    const { state } = await this.#places.of(room)
    if (state === 'absent') return
    const stored = await this.#places.read(room, ids)
    const known = ids.map((id) => ({ id, update: this.#known(id, stored.get(id)) }))
    const change: TextChange = {
      state,
      changed: known.flatMap(({ update }) => update ?? []),
      gone: known.flatMap(({ id, update }) => (update ? [] : [id])),
    }
    for (const follower of this.#all())
      if (follower.isTold && follower.room === room) follower.tell(follower.key, change)
  }

  #known(id: string, stored: object | undefined): KnownUpdate | undefined {
    const waiting = this.#needs.outbox.get(id)
    const read = readTextUpdate(contentOf({ ...(waiting?.revisions[0] ?? stored) }))
    if (!read.ok) return undefined
    const update = base64ToBytes(read.value.update)
    if (!waiting) return { id, update, pending: false }
    const { refusal } = waiting.row
    return refusal ? { id, update, pending: false, refusal } : { id, update, pending: true }
  }
}

const documentOf = (_id: string, author: string, update: string) =>
  ({ _id, type: 'y', schema: 1, author, update }) satisfies TextUpdate
