import type {
  AcceptInvitation,
  AccountChange,
  Invitation,
  PairingConfirmation,
  SetUp,
} from '../../../shared/hub-api/account.ts'
import type { BoardRequest } from '../../../shared/hub-api/boards.ts'
import type { ScreenPass, ScreenRequest } from '../../../shared/hub-api/screens.ts'
import type { FrameKind } from '../../../shared/hub-api/rooms.ts'
import type {
  AccountInfo,
  ApiFailure,
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
} from '../../../shared/hub-api/contract.ts'
import type { DeviceState, HelpAct, RoomDeviceChange } from '../../../shared/hub-api/room-device.ts'
import type { MinutesPdfRequest } from '../../../shared/hub-api/documents.ts'
import type { Choice } from '../../../shared/council/events/vote.ts'
import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { TextRoom } from '../../../shared/council/text-update.ts'
import type { MinutesAct } from '../../../shared/hub-api/minutes.ts'
import type { ShellAsks } from '../../../shared/ipc/contract.ts'
import type { AnyRecord, Board, Minutes } from '../../../shared/council/records/index.ts'
import type { OparlFile } from '../../../shared/oparl/index.ts'
import type { Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { BoardChange } from '../../../shared/rules/board.ts'
import type { LogVerification } from '../../../shared/rules/meeting/verification/index.ts'
import type {
  BallotFailure,
  Entry,
  FileFailure,
  FileState,
  HelpAsked,
  LoggedEvent,
  NoteFailure,
  OwnNotes,
  RoomNews,
  SearchHit,
  Selection,
  SessionState,
  SignInFailure,
  StorageUse,
  SyncStatus,
  TextChange,
} from '../contract.ts'

export type Answer<Value> = Promise<Result<Value, ApiFailure | 'unreachable'>>

/** Questions of a window to the worker. */
export interface WorkerAsks {
  signIn(login: string, password: string): Promise<Result<SessionInfo, SignInFailure>>
  signOut(options: { purge: boolean }): Promise<void>
  setUp(request: Omit<SetUp, 'device' | 'token'>): Answer<SessionInfo>
  acceptInvitation(code: string, request: Omit<AcceptInvitation, 'device' | 'token'>): Answer<SessionInfo>
  readInvitation(code: string): Answer<{ name: string; town: string }>

  /** Opens a live selection under a key that the window chose; its state comes by `selection`. */
  open(key: string, selection: Selection): Promise<void>
  close(key: string): Promise<void>
  search(text: string, limit: number): Promise<SearchHit[]>
  save(record: AnyRecord): Promise<Result<AnyRecord, Refusal>>
  revert(id: string): Promise<void>
  saveNote(about: string, text: string, before: string): Promise<Result<void, NoteFailure>>

  /** Follows the updates of a text under a key that the window chose; they come by `text`. */
  openText(key: string, room: TextRoom): Promise<void>
  closeText(key: string): Promise<void>
  appendToText(id: string, update: Uint8Array): Promise<Result<void, Refusal>>

  /** Goes to a board under a key that the window chose; the news come by `room`. */
  openRoom(key: string, board: string): Promise<void>
  closeRoom(key: string): Promise<void>
  openBoard(board: BoardRequest): Answer<Board>
  changeBoard(id: string, change: BoardChange): Answer<Board>
  screenPass(screen: ScreenRequest): Answer<ScreenPass>

  /** Follows the log of a meeting under a key that the window chose; it comes by `log`. */
  openLog(key: string, meeting: string): Promise<void>
  closeLog(key: string): Promise<void>
  writeEvent(meeting: string, body: EventBody): Promise<Result<MeetingEvent, Refusal>>
  castBallot(meeting: string, ballot: BallotInput): Promise<Result<BallotReceipt, BallotFailure>>
  verifyLog(meeting: string): Promise<LogVerification>
  presenceCode(meeting: string): Answer<PresenceCode>
  arriveByCode(meeting: string, code: string): Answer<void>
  actOnMinutes(meeting: string, act: MinutesAct): Answer<void>

  presentedMinutes(meeting: string): Answer<Minutes>
  minutesPdf(request: MinutesPdfRequest): Answer<Blob>

  openFile(file: OparlFile): Promise<Result<Blob, FileFailure>>
  addFile(bytes: Blob, name: string, term?: string): Promise<Result<OparlFile, FileFailure | Refusal>>
  setQuota(bytes: number): Promise<void>

  requestPairing(meeting?: string): Answer<Pairing>
  claimPairing(secret: string): Answer<'waiting' | 'paired'>
  pairingInfo(code: string): Answer<PairingInfo>
  confirmPairing(code: string, what: PairingConfirmation): Answer<void>
  roomDevices(): Answer<RoomDevice[]>
  changeRoomDevice(id: string, change: RoomDeviceChange): Answer<void>
  revokeRoomDevice(id: string): Answer<void>
  helpRoomDevice(id: string, help: HelpAct): Answer<void>
  forgetHelp(): Promise<void>

  invite(request: Invitation): Answer<InvitationInfo & { url: string }>
  invitations(): Answer<PendingInvitation[]>
  withdrawInvitation(id: string): Answer<void>
  accounts(): Answer<AccountInfo[]>
  changeAccount(id: string, change: AccountChange): Answer<AccountInfo>
  devices(account?: string): Answer<DeviceInfo[]>
  revokeDevice(id: string): Answer<void>

  setPreference(key: string, value: unknown): Promise<void>
}

/** What changed in an open selection since the last tell. */
export interface SelectionChange {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly changed: readonly Entry[]
  /** Ids in order, absent when the order is as it was. */
  readonly order?: readonly string[]
}

/** A ballot of one's own, or the chair's entry for a person whose device failed. */
export interface BallotInput {
  readonly vote: string
  readonly choice: Choice
  readonly instead?: { readonly person: string; readonly reason: string } | undefined
}

/** What changed in a followed log since the last tell. */
export interface LogChange {
  readonly state: 'ready' | 'failed'
  /** What was told before no longer holds: `changed` is everything. */
  readonly all?: true
  readonly changed: readonly LoggedEvent[]
  /** Ids of events that are not here any more. */
  readonly gone: readonly string[]
}

/** What of the device every window mirrors. A tell carries the parts that changed. */
export interface Mirror {
  readonly session: SessionState
  readonly sync: SyncStatus
  readonly town: Town | null
  readonly storage: StorageUse
  /** By sha512; files that are not named are not here. */
  readonly files: ReadonlyMap<string, FileState>
  readonly preferences: ReadonlyMap<string, unknown>
  readonly notes: OwnNotes
  /** How often records changed. */
  readonly changes: number
  readonly help: HelpAsked | null
}

/** News from the worker to every window, or to the one that opened the selection, log or text. */
export interface WorkerTells {
  mirror(parts: Partial<Mirror>): void
  selection(key: string, change: SelectionChange): void
  log(key: string, change: LogChange): void
  text(key: string, change: TextChange): void
  room(key: string, news: RoomNews): void
}

/** What the worker asks of a window: keys and tokens of the desktop app lie with its shell. */
export type WindowAsks = {
  readonly [Ask in 'readSecret' | 'writeSecret' | 'forgetSecret']: (
    ...args: Parameters<ShellAsks[Ask]>
  ) => Promise<ReturnType<ShellAsks[Ask]>>
}

/** News from a window to the worker. */
export interface WindowTells {
  /** Network is back, or the window was shown again: look whether the connection still lives. */
  wake(): void
  /** What the window knows of the app on this device of a room. */
  describeApp(app: Pick<DeviceState, 'version' | 'kiosk'>): void
  /** For those at a board that the window opened; nobody waits for it. */
  sendToRoom(key: string, kind: FrameKind, body: Uint8Array, peers: readonly number[]): void
}

/** First message of a window. */
export interface Hello {
  /** Names the window; it holds a lock of this name (see `windowLock`) as long as it lives. */
  readonly window: string
  /** Origin of the hub; null in a desktop app that has joined none. */
  readonly hub: string | null
  /** Secrets go to the shell's keyring and the session is a bearer token. */
  readonly desktop: boolean
  /** Shown in the list of devices. */
  readonly deviceName: string
}

export const windowLock = (window: string): string => `ratssaal-window-${window}`
/** Held by the one worker that owns this device's data. */
export const ownerLock = 'ratssaal-data-owner'
/** Where windows and workers meet when there is no shared worker. */
export const broadcastName = 'ratssaal-data'
