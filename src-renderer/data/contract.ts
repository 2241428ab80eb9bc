import type {
  AcceptInvitation,
  AccountChange,
  Invitation,
  PairingConfirmation,
  SetUp,
} from '../../shared/hub-api/account.ts'
import type { Choice } from '../../shared/council/events/vote.ts'
import type { EventBody, MeetingEvent } from '../../shared/council/meeting-event.ts'
import type { TextRoom } from '../../shared/council/text-update.ts'
import type { BoardRequest } from '../../shared/hub-api/boards.ts'
import type { ScreenPass, ScreenRequest } from '../../shared/hub-api/screens.ts'
import type { BoardFiling, FilingPlan } from '../../shared/hub-api/board-files.ts'
import type { ExpelledBecause, FrameKind, IceServer, RoomPeer } from '../../shared/hub-api/rooms.ts'
import type {
  AccountInfo,
  ApiFailure,
  ApiFailureCode,
  BallotReceipt,
  DeviceInfo,
  InvitationInfo,
  Pairing,
  PairingInfo,
  PendingInvitation,
  PresenceCode,
  RoomDevice,
  SessionInfo,
  Town,
} from '../../shared/hub-api/contract.ts'
import type { DeviceState, HelpAct, RoomDeviceChange } from '../../shared/hub-api/room-device.ts'
import type { MinutesPdfRequest } from '../../shared/hub-api/documents.ts'
import type { MinutesAct } from '../../shared/hub-api/minutes.ts'
import type { AnyRecord, Board, Minutes, RecordOf, RecordType } from '../../shared/council/records/index.ts'
import type { OparlFile } from '../../shared/oparl/index.ts'
import type { Refusal } from '../../shared/rules/access.ts'
import type { BoardChange } from '../../shared/rules/board.ts'
import type { Audience } from '../../shared/rules/audience.ts'
import type { MeetingState } from '../../shared/rules/meeting/state.ts'
import type { LogVerification } from '../../shared/rules/meeting/verification/index.ts'
import type { Result } from '../../shared/result.ts'
import type {
  BroadcastLink,
  EncoderLink,
  ConsentLink,
  RecordingLink,
  CaptionLink,
  PublicCourse,
} from './transmission-contract.ts'

/** The ways of a transmission and of what belongs to it. */
export type * from './transmission-contract.ts'

/** Which records a live query shows. Conditions all have to hold. */
export interface Selection<Type extends RecordType = RecordType> {
  readonly type: Type
  readonly ids?: readonly string[]
  /** Field to value; a field that holds a list matches when the list contains the value. */
  readonly where?: Readonly<Partial<Record<keyof RecordOf[Type], string | boolean>>>
  /** From and up to, both counted in, by an ISO day or instant in the named field. */
  readonly between?: { readonly field: keyof RecordOf[Type]; readonly from?: string; readonly to?: string }
  readonly newest?: { readonly field: keyof RecordOf[Type]; readonly limit: number }
}

/** A record as this device knows it. */
export interface Entry<Type extends RecordType = RecordType> {
  readonly record: RecordOf[Type]
  /** The audience that it was read from, of several the one that knows most. */
  readonly audience: Audience
  /** Saved here, not yet received by the hub. */
  readonly pending: boolean
  /** The hub refused this state of the record. */
  readonly refusal?: Refusal
}

/** A selection that follows the data. Reading `entries` or `state` inside Svelte subscribes. */
export interface LiveQuery<Type extends RecordType> {
  readonly entries: readonly Entry<Type>[]
  /** `loading` also as long as nothing is found and a first copy is not complete. */
  readonly state: 'loading' | 'ready' | 'failed'
}

/** What the device knows of its connection; all fields are reactive. */
export interface SyncStatus {
  /** `offline`: no network or hub; `catching-up`: replicating; `live`: every change arrives as it happens. */
  readonly phase: 'offline' | 'catching-up' | 'live'
  /** Instant up to which everything from the hub is here; null before the first contact was complete. */
  readonly freshAsOf: string | null
  /** Records saved here that the hub has not received. */
  readonly pending: number
  readonly refused: readonly { readonly id: string; readonly audience: Audience; readonly refusal: Refusal }[]
  /** First contact: documents received, of how many. */
  readonly progress: { readonly done: number; readonly of: number } | null
  /** A first copy is not complete yet, so that what is not found may still come. */
  readonly filling: boolean
}

export type SignInFailure =
  'wrong-credentials' | 'too-many-requests' | 'unreachable' | 'revoked' | 'not-ready' | 'failed'

/** Why nobody is signed in any more; `not-kept`: the computer has no keyring, so the keys ended with the app. */
export type SignedOutBecause = 'revoked' | 'expired' | 'not-kept'

/** Who is signed in on this device. `unknown` until the worker has looked. */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-out'; readonly because?: SignedOutBecause }
  | { readonly kind: 'signed-in'; readonly session: SessionInfo }

export interface SearchHit {
  readonly id: string
  readonly type: RecordType
  readonly title: string
  /** Reference, day or body, for telling hits apart. */
  readonly detail: string
}

export type FileFailure = 'offline' | 'not-found' | 'no-space' | 'too-large' | 'unsupported-type' | 'failed'

export interface FileState {
  readonly held: 'here' | 'fetching' | 'not-here'
  readonly pinned: boolean
}

export interface StorageUse {
  /** Bytes of files kept on this device, and how many of them may be evicted. */
  readonly used: number
  readonly pinned: number
  /** Bytes that files may take. */
  readonly quota: number
}

/** A note of one's own. */
export interface OwnNote {
  readonly text: string
  /** Saved here, not yet received by the hub. */
  readonly pending: boolean
  /** The hub did not take it: it is on this device alone. */
  readonly refusal?: Refusal
}

/** All notes of one's own, by the id of what they are about. */
export interface OwnNotes {
  /** `locked`: this device has no key for them, as nobody signed in here by password since there are notes. */
  readonly phase: 'loading' | 'ready' | 'locked'
  /** Notes that this device cannot open: they were sealed under an earlier password. */
  readonly sealed: number
  readonly texts: ReadonlyMap<string, OwnNote>
}

export type NoteFailure = 'signed-out' | 'locked' | 'too-long'

export type BallotFailure = 'offline' | 'closed' | 'not-entitled' | 'failed'

/** An event as this device has it. */
export interface LoggedEvent {
  readonly event: MeetingEvent
  /** Written here, not yet received by the hub. */
  readonly pending: boolean
  /** The hub did not take it: it is no part of the log, and its author may see why. */
  readonly refusal?: Refusal
}

/** The log of one meeting, followed. Reading any of it inside Svelte subscribes. */
export interface LiveMeeting {
  readonly phase: 'loading' | 'ready' | 'failed'
  /** Of everything this device has, its own pending events included. */
  readonly state: MeetingState
  /** In the order in which they happened. */
  readonly events: readonly LoggedEvent[]
  /** Milliseconds since 1970 by the clock that new events get: for clocks and lists on screen. */
  now(): number
  /**
   * Signs an event and keeps it here; it is sent at once, or when the hub can be reached, and then it is shown as late.
   * Refused where the access rules say so. What the rules of the meeting make of it, the state shows.
   */
  write(body: EventBody): Promise<Result<MeetingEvent, Refusal>>
  /** A ballot counts from the hub's receipt on. `instead`: the chair's entry for a person whose device failed. */
  castBallot(
    vote: string,
    choice: Choice,
    instead?: { readonly person: string; readonly reason: string },
  ): Promise<Result<BallotReceipt, BallotFailure>>
  /** Checks every signature and chain of what this device has, and names what is missing, forged or out of order. */
  verify(): Promise<LogVerification>
}

/** An update of a text that several people write, as this device has it. */
export interface KnownUpdate {
  readonly id: string
  readonly update: Uint8Array
  /** Saved here, not yet received by the hub. */
  readonly pending: boolean
  /** The hub did not take it: it is on this device alone. */
  readonly refusal?: Refusal
}

/** What changed in the updates of a text since the last time it was told. */
export interface TextChange {
  /** `loading`: a first copy is not complete yet; `absent`: nothing of it may be here. */
  readonly state: 'loading' | 'ready' | 'absent'
  /** `changed` is everything that this device has. */
  readonly all?: true
  readonly changed: readonly KnownUpdate[]
  /** Folded by the hub, or given up here. */
  readonly gone: readonly string[]
}

/** The updates of a text that several people write together; `data/yjs` makes a text of them. */
export interface TextUpdates {
  readonly room: TextRoom
  /** Tells what this device has, then what changes, all of its windows included; returns its end. */
  follow(listener: (change: TextChange) => void): () => void
  /** Keeps an update here and sends it when the hub can be reached; safe on this device when it settles. */
  append(id: string, update: Uint8Array): Promise<Result<void, Refusal>>
}

/** What a window hears of those at a board. */
export type RoomNews =
  /** This window is in: the number that the others know it by, and who is there, whoever came first before the others. */
  | {
      readonly kind: 'entered'
      readonly peer: number
      readonly others: readonly RoomPeer[]
      readonly iceServers: readonly IceServer[]
    }
  | { readonly kind: 'came'; readonly who: RoomPeer }
  | { readonly kind: 'left'; readonly peer: number }
  /** It is out; it comes in again by itself when it can. */
  | { readonly kind: 'out'; readonly because: ExpelledBecause | 'offline' }
  /** The screens of the room that show a page of the board right now, such as `projector:1`. */
  | { readonly kind: 'projected'; readonly projectors: readonly string[] }
  | { readonly kind: 'frame'; readonly frame: FrameKind; readonly from: number; readonly body: Uint8Array }

/** The way to those who are at a board right now, through the hub; nothing of it is stored. */
export interface RoomLine {
  readonly board: string
  /** Goes in and tells the news, until the returned end. */
  follow(listener: (news: RoomNews) => void): () => void
  /** Sends to the others: `peers` are those who get it on another way, or for `direct` the one whom it is for. */
  send(kind: FrameKind, body: Uint8Array, peers?: readonly number[]): void
}

/** The way of a board to the record of its item, for who prepares meetings. The hub is asked at once. */
export interface BoardFilingLink {
  /** What adding it would do, and the names of accounts. */
  plan(authors: readonly string[]): Promise<Result<FilingPlan, ApiFailure | 'unreachable'>>
  /**
   * Sends bytes that a file will have; answers their digest.
   *
   * @param onSent hears how many of them the hub has
   */
  send(bytes: Blob, onSent: (count: number) => void): Promise<Result<string, ApiFailureCode | 'unreachable'>>
  /** Makes what was sent files of the item. */
  add(filing: BoardFiling): Promise<Result<OparlFile[], ApiFailure | 'unreachable'>>
}

/** What whoever administers this device of a room asked of it. */
export interface HelpAsked {
  readonly help: HelpAct
  /** When it came; milliseconds since 1970 by this device's clock. */
  readonly received: number
}

/** The one door of screens to documents, files and the hub. Implemented over the data worker. */
export interface Data {
  readonly session: SessionState
  readonly sync: SyncStatus
  readonly town: Town | null

  signIn(login: string, password: string): Promise<Result<SessionInfo, SignInFailure>>
  /** Signs out; `purge` removes everything that is not public from this device. */
  signOut(options: { purge: boolean }): Promise<void>
  setUp(request: Omit<SetUp, 'device' | 'token'>): Promise<Result<SessionInfo, ApiFailure | 'unreachable'>>
  acceptInvitation(
    code: string,
    request: Omit<AcceptInvitation, 'device' | 'token'>,
  ): Promise<Result<SessionInfo, ApiFailure | 'unreachable'>>
  readInvitation(code: string): Promise<Result<{ name: string; town: string }, ApiFailure | 'unreachable'>>

  select<Type extends RecordType>(selection: Selection<Type>): LiveQuery<Type>
  search(text: string, limit: number): Promise<SearchHit[]>
  /** Rises with every change of records: a search may find something else. Reactive. */
  readonly changes: number
  /** A new id of a type. */
  newId<Type extends RecordType>(type: Type): `${Type}:${string}`
  /**
   * Saves a record on this device, then sends it when the hub can be reached. Stamps `modified`. Refused at once where
   * the access rules say so; nothing is stored then.
   */
  save(record: AnyRecord): Promise<Result<AnyRecord, Refusal>>
  /** Gives up a refused state and shows what the hub has. */
  revert(id: string): Promise<void>

  /** This person's own notes, which nobody else can read: reactive. */
  readonly notes: OwnNotes
  /**
   * Keeps a note on this device, then sends it sealed when the hub can be reached.
   *
   * @param about id of what it is about
   * @param before the text that the person began from: what came from another device meanwhile is not written over
   */
  saveNote(about: string, text: string, before: string): Promise<Result<void, NoteFailure>>

  /** A text that several people write together. */
  text(room: TextRoom): TextUpdates

  /** The transmission of a meeting. */
  broadcast(meeting: string): BroadcastLink
  encoder(meeting: string): EncoderLink
  /** The captions of a meeting's transmission. */
  captions(meeting: string): CaptionLink
  /** The recording of a meeting's transmission, and its corrections. */
  recording(meeting: string): RecordingLink
  /** The course of a meeting as everybody may know it; asked without the rights of whoever is signed in. */
  publicCourse(meeting: string): PublicCourse
  /** Who agreed to be filmed and heard. */
  readonly consents: ConsentLink

  /** Minutes as PDF; the hub makes it for who prepares meetings, and keeps nothing of it. */
  minutesPdf(request: MinutesPdfRequest): Promise<Result<Blob, ApiFailure | 'unreachable'>>

  /** Those who are at a board right now. */
  room(board: string): RoomLine
  /** Opens a board for those who meet; asks the hub. */
  openBoard(board: Omit<BoardRequest, 'id' | 'firstPage'>): Promise<Result<Board, ApiFailure | 'unreachable'>>
  /** Adds a board to the record. */
  boardFiling(board: string): BoardFilingLink
  /** Leads at a board: its name, who draws, who presents, a new page; asks the hub. */
  changeBoard(id: string, change: BoardChange): Promise<Result<Board, ApiFailure | 'unreachable'>>
  /** With it a window that is a screen of the room reads the boards that it shows; asks the hub. */
  screenPass(screen: ScreenRequest): Promise<Result<ScreenPass, ApiFailure | 'unreachable'>>

  /** The log of a meeting; a new object with each call, shared underneath. */
  meeting(id: string): LiveMeeting
  /** The code to show in the room, and giving it back. */
  presenceCode(meeting: string): Promise<Result<PresenceCode, ApiFailure | 'unreachable'>>
  arriveByCode(meeting: string, code: string): Promise<Result<void, ApiFailure | 'unreachable'>>
  /** What is presented to be signed, for whoever presided; the hub tells it to nobody else. */
  presentedMinutes(meeting: string): Promise<Result<Minutes, ApiFailure | 'unreachable'>>
  /** Presents, signs, publishes, objects: the hub judges it and writes the records, which come by sync. */
  actOnMinutes(meeting: string, act: MinutesAct): Promise<Result<void, ApiFailure | 'unreachable'>>

  /** Bytes of a file: from this device, else from the hub. */
  openFile(file: OparlFile): Promise<Result<Blob, FileFailure>>
  /** Keeps the bytes here, sends them when the hub can be reached, then saves the metadata. */
  addFile(bytes: File, name: string, term?: string): Promise<Result<OparlFile, FileFailure | Refusal>>
  fileState(sha512: string): FileState
  readonly storage: StorageUse
  setQuota(bytes: number): Promise<void>

  /** A code for this device to show: to belong to a room, or, where it does, to sign somebody in for a meeting. */
  requestPairing(meeting?: string): Promise<Result<Pairing, ApiFailure | 'unreachable'>>
  /** Whether the code was confirmed: then the session is another one. */
  claimPairing(secret: string): Promise<Result<'waiting' | 'paired', ApiFailure | 'unreachable'>>
  /** What the code on another device stands for, and what becomes of it. */
  pairingInfo(code: string): Promise<Result<PairingInfo, ApiFailure | 'unreachable'>>
  confirmPairing(code: string, what: PairingConfirmation): Promise<Result<void, ApiFailure | 'unreachable'>>
  roomDevices(): Promise<Result<RoomDevice[], ApiFailure | 'unreachable'>>
  /** Sets how a room's device behaves; the exit code is told to the hub alone. */
  changeRoomDevice(id: string, change: RoomDeviceChange): Promise<Result<void, ApiFailure | 'unreachable'>>
  revokeRoomDevice(id: string): Promise<Result<void, ApiFailure | 'unreachable'>>
  /** Asks something of a room's device; nothing of what it shows comes back. */
  helpRoomDevice(id: string, help: HelpAct): Promise<Result<void, ApiFailure | 'unreachable'>>
  /** What was asked of this device last, until it was read. Reactive. */
  readonly help: HelpAsked | null
  forgetHelp(): Promise<void>
  /** What this window knows of the app, for who administers this device of a room. */
  describeApp(app: Pick<DeviceState, 'version' | 'kiosk'>): void

  invite(request: Invitation): Promise<Result<InvitationInfo & { url: string }, ApiFailure | 'unreachable'>>
  invitations(): Promise<Result<PendingInvitation[], ApiFailure | 'unreachable'>>
  withdrawInvitation(id: string): Promise<Result<void, ApiFailure | 'unreachable'>>
  accounts(): Promise<Result<AccountInfo[], ApiFailure | 'unreachable'>>
  changeAccount(id: string, change: AccountChange): Promise<Result<AccountInfo, ApiFailure | 'unreachable'>>
  devices(account?: string): Promise<Result<DeviceInfo[], ApiFailure | 'unreachable'>>
  revokeDevice(id: string): Promise<Result<void, ApiFailure | 'unreachable'>>

  /** Looks at once whether the hub can be reached, and fetches what is new. */
  refresh(): void

  /** What this person wants remembered on this device, such as when they last looked. */
  preference<Value>(key: string): Value | undefined
  setPreference(key: string, value: unknown): Promise<void>
}
