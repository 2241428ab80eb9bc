import type {
  ChapterRequest,
  CorrectionRefusalReason,
  CutRequest,
  RecordingDesk,
} from '../../shared/hub-api/recording.ts'
import type { HeldTime } from '../../shared/rules/broadcast/recording.ts'
import type { PartHead } from '../../shared/council/broadcast-part.ts'
import type {
  Announcement,
  BroadcastStatus,
  GateRequest,
  Lease,
  PartRefusalReason,
  WatchedMeeting,
} from '../../shared/hub-api/broadcast.ts'
import type {
  CaptionDesk,
  CaptionImportFailure,
  CaptionRequest,
  CaptionsImported,
} from '../../shared/hub-api/captions.ts'
import type { EncoderRefusal, EncoderRequest, EncoderStatus } from '../../shared/hub-api/encoder.ts'
import type { CaptionRefusalReason } from '../../shared/rules/broadcast/captions.ts'
import type { ConsentChange, ConsentForm, OwnConsent, SpeakerConsent } from '../../shared/hub-api/consent.ts'
import type { ApiFailure } from '../../shared/hub-api/contract.ts'
import type { Result } from '../../shared/result.ts'

/** What a part could not be delivered for. */
export type PartFailure = PartRefusalReason | 'unreachable'

/** The way of a transmission to the hub. Nothing waits here and nothing is tried again: the caller decides. */
export interface BroadcastLink {
  announce(announcement: Announcement): Promise<Result<Lease, ApiFailure | 'unreachable'>>
  renewLease(stream: string): Promise<Result<Lease, ApiFailure | 'unreachable'>>
  /** Rejects when the signal aborts, before or while it sends. */
  sendPart(
    part: { readonly head: PartHead; readonly media: Uint8Array<ArrayBuffer>; readonly key: string },
    signal: AbortSignal,
  ): Promise<Result<void, PartFailure>>
  /** The direct way to the hub's gate, beside the log of the meeting. */
  setGate(request: GateRequest): Promise<Result<BroadcastStatus, ApiFailure | 'unreachable'>>
  status(): Promise<Result<BroadcastStatus, ApiFailure | 'unreachable'>>
  /** Ends the transmission for good. */
  end(): Promise<Result<void, ApiFailure | 'unreachable'>>
}

/** A source of a transmission that the hub reads itself. */
export interface EncoderLink {
  /** Takes as long as it takes to see whether anything comes from there. */
  start(request: EncoderRequest): Promise<Result<EncoderStatus, ApiFailure | EncoderRefusal | 'unreachable'>>
  status(): Promise<Result<EncoderStatus, ApiFailure | 'unreachable'>>
  stop(): Promise<Result<void, ApiFailure | 'unreachable'>>
}

/** The register of consent to be filmed and heard; the hub alone has it, and nothing of it is kept here. */
export interface ConsentLink {
  own(): Promise<Result<OwnConsent, ApiFailure | 'unreachable'>>
  change(change: ConsentChange): Promise<Result<OwnConsent, ApiFailure | 'unreachable'>>
  /** Of everybody who may get the floor, for whoever transmits the meeting. */
  ofMeeting(meeting: string): Promise<Result<readonly SpeakerConsent[], ApiFailure | 'unreachable'>>
  enterForm(meeting: string, form: ConsentForm): Promise<Result<readonly SpeakerConsent[], ApiFailure | 'unreachable'>>
}

/** Why a recording is not told, or was not corrected. `refused`: by who may not, or what the hub cannot read. */
export type RecordingFailure = CorrectionRefusalReason | 'missing' | 'refused' | 'unreachable'

/** The way of corrections of a recording to the hub; each is answered with what holds afterwards. */
export interface RecordingLink {
  desk(): Promise<Result<RecordingDesk, RecordingFailure>>
  cut(request: CutRequest): Promise<Result<RecordingDesk, RecordingFailure>>
  undo(cut: string): Promise<Result<RecordingDesk, RecordingFailure>>
  makeFinal(cut: string): Promise<Result<RecordingDesk, RecordingFailure>>
  move(request: ChapterRequest): Promise<Result<RecordingDesk, RecordingFailure>>
  /** The media of a time; undefined when it is not to be had. */
  piece(time: HeldTime): Promise<ArrayBuffer | undefined>
}

/** What captions are refused for; `forbidden`: by who may not write any more. */
export type CaptionFailure = CaptionRefusalReason | 'forbidden' | 'unreachable'

/** The way of captions to the hub. Nothing waits here and nothing is tried again but the listening. */
export interface CaptionLink {
  tell(request: CaptionRequest): Promise<Result<void, CaptionFailure>>
  setTurn(account: string | null): Promise<Result<void, ApiFailure | 'unreachable'>>
  /** Brings in a WebVTT file of the recording. */
  bring(vtt: string): Promise<Result<CaptionsImported, CaptionImportFailure | ApiFailure | 'unreachable'>>
  /** Hears how the desk stands, and why it does not: nobody answers, or there is no broadcast; until the returned end. */
  follow(listener: (desk: CaptionDesk | 'unreachable' | 'missing') => void): () => void
}

/** What everybody may know of a meeting's course, whoever asks. */
export interface PublicCourse {
  read(): Promise<Result<WatchedMeeting, ApiFailure | 'unreachable'>>
}
