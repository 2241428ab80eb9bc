import type { Seq, StoredDocument } from '../ports/document-store.ts'
import type { Audience } from '../rules/audience.ts'
import type { ApiFailure, BallotReceipt, RefusedWrite, SessionInfo } from './contract.ts'
import type { BallotRequest } from './meetings.ts'
import type { DeviceState, HelpAct } from './room-device.ts'
import type { RoomAsk, RoomTell } from './rooms.ts'

/** Documents of one `append`, at most; the message as a whole may have 1 MiB. */
export const largestAppend = 100

/** Device to hub, JSON text frames on the one socket of a device; binary ones are of rooms (`rooms.ts`). */
export type LiveAsk =
  /**
   * Starts the feed of audiences, each after the seq that the device already has. Each is answered by `changes` (without
   * documents where nothing happened since) or `behind`; what may not be read stays silent.
   */
  | { readonly kind: 'subscribe'; readonly since: Readonly<Partial<Record<Audience, Seq>>> }
  /** Events of a meeting on the shortest way: answered by `appended` with the same number once they are safe. */
  | {
      readonly kind: 'append'
      readonly number: number
      readonly audience: Audience
      readonly documents: readonly StoredDocument[]
    }
  /** A ballot on the shortest way: answered by `ballot-answered` with the same number once it is safe, or refused. */
  | { readonly kind: 'ballot'; readonly number: number; readonly vote: string; readonly ballot: BallotRequest }
  /** A room's device says how it is; of other devices nobody keeps it. */
  | ({ readonly kind: 'device-state' } & DeviceState)
  | RoomAsk
  | { readonly kind: 'ping' }

/** Hub to device. */
export type LiveTell =
  /**
   * Leaf revisions with their ancestry, ready for `bulkDocs(…, { new_edits: false })`; `seq` is the audience's place
   * after them, `from` the place before. A gap between the last `seq` and `from` asks for ordinary replication.
   */
  | {
      readonly kind: 'changes'
      readonly audience: Audience
      readonly from: Seq
      readonly seq: Seq
      /** Changes that further messages bring at once; 0: the device is current. */
      readonly pending: number
      readonly documents: readonly StoredDocument[]
    }
  /** More happened since `since` than the socket carries: replicate up to `seq`, then subscribe again. */
  | { readonly kind: 'behind'; readonly audience: Audience; readonly seq: Seq }
  /** Roles or memberships changed: what is no longer in `audiences` has to be purged. */
  | { readonly kind: 'session'; readonly session: Omit<SessionInfo, 'token'> }
  /** The device or account was revoked: purge everything. The hub closes the socket afterwards. */
  | { readonly kind: 'revoked' }
  /** The appended events are stored, but for those refused. */
  | { readonly kind: 'appended'; readonly number: number; readonly refused: readonly RefusedWrite[] }
  /** The receipt for a ballot, or why there is none: what `PUT /api/ballots/<vote>` answers. */
  | { readonly kind: 'ballot-answered'; readonly number: number; readonly answer: BallotReceipt | ApiFailure }
  /** Whoever administers the room's device asks something of it. */
  | { readonly kind: 'help'; readonly help: HelpAct }
  | RoomTell
  | { readonly kind: 'pong' }
