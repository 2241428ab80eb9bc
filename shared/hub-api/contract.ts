import type { RecordFault } from '../oparl/index.ts'
import type { Principal, RefusalReason, Role } from '../rules/access.ts'
import type { Audience } from '../rules/audience.ts'
import type { ConnectedDevice, DarkHours, RoomSettings } from './room-device.ts'

/** What anybody may know of a hub. `GET /api/town` */
export interface Town {
  readonly name: string
  /** Names the incarnation of the data; another one than before: start afresh. */
  readonly uuid: string
  readonly version: string
  /** IANA name of the time zone in which the town's days begin and its meetings are called. */
  readonly timeZone: string
  /** False until the first administrator exists. */
  readonly ready: boolean
  /** Raw Ed25519 public key of the hub, base 64: certifies the keys that sign events, and signs the hub's own. */
  readonly signingKey: string
  /** Logins of a demo town; never present otherwise. */
  readonly demo?: readonly DemoLogin[]
}

export interface DemoLogin {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** Who is signed in and what the device keeps a copy of. `GET|POST /api/session` */
export interface SessionInfo {
  readonly account: { readonly id: string; readonly login: string; readonly name: string }
  readonly device: { readonly id: string; readonly name: string }
  readonly principal: Principal
  readonly audiences: readonly Audience[]
  /** Days without contact after which a device locks what is not public. */
  readonly leaseDays?: number
  /** Record id of the location that the device belongs to, in place of a person. */
  readonly room?: string
  /** How the device of the room behaves, whoever is signed in at it. */
  readonly settings?: RoomSettings
  /** A person's session on the device of a room: it ends at that instant, and with that meeting. */
  readonly lent?: { readonly until: string; readonly meeting?: string }
  /** Only in the answer to a sign-in that asked for it. */
  readonly token?: string
}

/** The code that a board shows until somebody confirms it. `POST /api/pairings` */
export interface Pairing {
  /** By which the board alone gets what is confirmed. */
  readonly secret: string
  readonly code: string
  readonly expires: string
}

/** What a code stands for, for whoever is asked to confirm it. `GET /api/pairings/<code>` */
export interface PairingInfo {
  /** A device that wants to belong to a room, or a room's device that wants somebody signed in. */
  readonly kind: 'room' | 'session'
  /** Of a room's device: its name and where it stands. */
  readonly name?: string
  readonly room?: string
  readonly expires: string
}

/** A device that belongs to a room. `GET /api/room-devices` */
export interface RoomDevice {
  readonly id: string
  readonly name: string
  /** Record id of its location. */
  readonly room: string
  readonly created: string
  readonly lastSeen: string
  readonly kiosk: boolean
  /** Whether an exit code is set; what it is, nobody reads. */
  readonly hasCode: boolean
  readonly dark: DarkHours | null
  /** Whether somebody is signed in there; not who. */
  readonly isLent: boolean
  /** Null while it is not connected. */
  readonly connected: ConnectedDevice | null
}

export interface AccountInfo {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly person: string | null
  readonly roles: readonly Role[]
  readonly disabled: boolean
}

export interface DeviceInfo {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly created: string
  readonly lastSeen: string
  readonly revoked: boolean
  readonly current: boolean
}

export interface InvitationInfo {
  readonly code: string
  readonly name: string
  readonly person: string | null
  readonly roles: readonly Role[]
  readonly expires: string
}

/** An invitation that nobody has accepted yet; its code is known to whoever got the link alone. */
export interface PendingInvitation extends Omit<InvitationInfo, 'code'> {
  readonly id: string
}

/** `POST /api/live-ticket` */
export interface LiveTicket {
  readonly ticket: string
}

export type ApiFailureCode =
  | 'bad-request'
  | 'not-signed-in'
  | 'wrong-credentials'
  | 'revoked'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'too-late'
  | 'at-rest'
  | 'too-many-requests'
  | 'too-large'
  | 'unsupported-type'
  | 'wrong-digest'
  | 'not-ready'
  | 'internal'

/** Every answer of `/api` and `/files` that is no success. */
export interface ApiFailure {
  readonly error: ApiFailureCode
  /** A sentence for whoever reads the log or the network panel; screens word it themselves. */
  readonly message: string
  readonly faults?: readonly RecordFault[]
  /** Seconds until a try makes sense. */
  readonly retryAfter?: number
}

/** Answer to the last part of an upload. `PATCH /api/uploads/<sha512>` with `Upload-Complete: ?1` */
export interface UploadedFile {
  readonly sha512: string
  /** Bytes. */
  readonly size: number
  /** By content; comma separated values are `text/plain`. */
  readonly mimeType: string
}

/** A refused document in the answer to `_bulk_docs`, beside CouchDB's own `error: "forbidden"`. */
export interface RefusedWrite {
  readonly id: string
  readonly rev?: string
  readonly error: 'forbidden'
  readonly reason: RefusalReason
  readonly faults?: readonly RecordFault[]
}

/** The hub's receipt for a ballot; only with it a ballot counts. `PUT /api/ballots/<vote>` */
export interface BallotReceipt {
  readonly vote: string
  readonly person: string
  /** When the hub stored it, by its clock. */
  readonly received: string
  /** Whether it replaced an earlier one of the same person. */
  readonly replaced: boolean
}

/** Shown in the room as a QR code, so that who is there can say so. `GET /api/presence/<meeting>` */
export interface PresenceCode {
  readonly code: string
  /** Instant at which the next one takes its place. */
  readonly until: string
}

/** Paths of the hub, relative to its origin. */
export const paths = {
  town: '/api/town',
  setUp: '/api/setup',
  session: '/api/session',
  invitations: '/api/invitations',
  /** GET and POST (accept) by code, DELETE (withdraw) by id. */
  invitation: (code: string) => `/api/invitations/${encodeURIComponent(code)}`,
  password: '/api/password',
  accounts: '/api/accounts',
  account: (id: string) => `/api/accounts/${encodeURIComponent(id)}`,
  /** One's own; with `?account=` an administrator sees those of anybody. */
  devices: '/api/devices',
  /** `POST` a board's wish for a code. */
  pairings: '/api/pairings',
  /** `POST` the board's question whether it was confirmed: 202 while it was not. */
  pairingClaim: '/api/pairing-claim',
  /** `GET` what a code stands for, `POST` what becomes of it. */
  pairing: (code: string) => `/api/pairings/${encodeURIComponent(code)}`,
  /** `POST` back from a person's session to the room's own. */
  handback: '/api/handback',
  roomDevices: '/api/room-devices',
  /** `PATCH` how it behaves, `DELETE` shuts it out. */
  roomDevice: (id: string) => `/api/room-devices/${encodeURIComponent(id)}`,
  /** `POST` a `HelpAct` for a room's device. */
  roomDeviceActs: (id: string) => `/api/room-devices/${encodeURIComponent(id)}/acts`,
  device: (id: string) => `/api/devices/${encodeURIComponent(id)}`,
  /** A single-use ticket (one minute) for the socket: browsers cannot send headers with it. */
  liveTicket: '/api/live-ticket',
  live: '/api/live',
  database: (audience: Audience) => `/db/${audience}`,
  snapshot: (audience: Audience) => `/api/snapshot/${audience}`,
  packs: (audience: Audience) => `/api/packs/${audience}`,
  pack: (audience: Audience, digest: string) => `/api/packs/${audience}/${digest}`,
  /** A file on its way in; `HEAD` and `PATCH` as in draft-ietf-httpbis-resumable-upload, see `hub/files`. */
  upload: (sha512: string) => `/api/uploads/${sha512}`,
  file: (sha512: string) => `/files/${sha512}`,
  /** `POST` minutes, get them as PDF. */
  minutesPdf: '/api/documents/minutes',
  /** `POST` what somebody does with the minutes of a meeting. */
  minutes: (meeting: string) => `/api/minutes/${encodeURIComponent(meeting)}`,
  /** `GET` what is presented to whoever presided. */
  presentedMinutes: (meeting: string) => `/api/minutes/${encodeURIComponent(meeting)}/presented`,
  /** `POST` a device's public key, get its certificate. */
  deviceKey: '/api/device-key',
  /** `PUT` one's ballot, write-only; the chair also that of somebody whose device failed, with a reason. */
  ballot: (vote: string) => `/api/ballots/${encodeURIComponent(vote)}`,
  /** `GET` the code of the moment (who may preside or prepare), `POST` it back (whoever is in the room). */
  presence: (meeting: string) => `/api/presence/${encodeURIComponent(meeting)}`,
  /** `POST` a board that is opened. */
  boards: '/api/boards',
  /** `PATCH` what shall be another on a board. */
  board: (id: string) => `/api/boards/${encodeURIComponent(id)}`,
  /** `GET` what adding a board to the record would do, `POST` its files. */
  boardFiles: (id: string) => `/api/boards/${encodeURIComponent(id)}/files`,
  /** `POST` which screen of a meeting's room a window is, get its pass. */
  screens: '/api/screens',
  /** `GET` with a pass: the page of a board that the screen shows, as it is drawn on. */
  screenBoard: '/api/screens/board',
} as const
