import { ulid } from 'ulid'
import type { SpeechForm } from '../../../shared/council/events/speech.ts'
import type { Correction, DeedOf } from '../../../shared/council/meeting-event.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'

/** "I am here", in the room or from elsewhere. */
export const arrive = (person: string, mode: 'room' | 'remote'): DeedOf<'person-arrived'> => ({
  kind: 'person-arrived',
  person,
  mode,
  by: 'self',
})

export const leave = (person: string): DeedOf<'person-left'> => ({ kind: 'person-left', person })

/** Asks for the floor on the item that is open, or outside of items. */
export const requestSpeech = (
  state: Pick<MeetingState, 'current'>,
  person: string,
  form: SpeechForm,
  { stance, about }: { readonly stance?: 'pro' | 'contra' | undefined; readonly about?: string | undefined } = {},
): DeedOf<'speech-requested'> => ({
  kind: 'speech-requested',
  speech: `speech:${ulid()}`,
  item: state.current ?? null,
  speaker: { person },
  form,
  ...(stance ? { stance } : {}),
  ...(about?.trim() ? { about: about.trim() } : {}),
})

export const withdrawSpeech = (speech: string): DeedOf<'speech-withdrawn'> => ({ kind: 'speech-withdrawn', speech })

/** GemO RLP §22: leaves the table while the item is public, the room when it is closed. */
export const declareConflict = (
  person: string,
  { item, public: isPublic }: { readonly item: string; readonly public: boolean },
  reason: string,
): DeedOf<'conflict-declared'> => ({
  kind: 'conflict-declared',
  person,
  item,
  away: isPublic ? 'table' : 'room',
  ...(reason.trim() ? { reason: reason.trim() } : {}),
})

/** An event of one's own that was a mistake: it stays in the log, and counts no more. */
export const takeBack = (event: string, reason: string): Correction => ({ kind: 'corrected', replaces: event, reason })
