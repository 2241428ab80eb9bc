import { ulid } from 'ulid'
import type { Speaker, SpeechForm } from '../../../shared/council/events/speech.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { Speech } from '../../../shared/rules/meeting/state.ts'

interface Request {
  readonly item: string | null
  readonly speaker: Speaker
  readonly form: SpeechForm
  readonly stance?: 'pro' | 'contra' | undefined
  readonly about?: string | undefined
}

/** Enters a request to speak. */
export const requestSpeech = ({ item, speaker, form, stance, about }: Request): EventBody => ({
  kind: 'speech-requested',
  speech: `speech:${ulid()}`,
  ...{ item, speaker, form },
  ...(stance ? { stance } : {}),
  ...(about?.trim() ? { about: about.trim() } : {}),
})

/** Who has spoken asks for the floor once more. */
export const requestAgain = ({ item, speaker }: Speech): EventBody => requestSpeech({ item, speaker, form: 'speech' })

export const startSpeech = (speech: string): EventBody => ({ kind: 'speech-started', speech })
export const pauseSpeech = (speech: string): EventBody => ({ kind: 'speech-paused', speech })
export const resumeSpeech = (speech: string): EventBody => ({ kind: 'speech-resumed', speech })
export const stopSpeech = (speech: string): EventBody => ({ kind: 'speech-stopped', speech })
export const withdrawSpeech = (speech: string): EventBody => ({ kind: 'speech-withdrawn', speech })

export const closeList = (item: string | null): EventBody => ({ kind: 'speakers-closed', item })
export const reopenList = (item: string | null): EventBody => ({ kind: 'speakers-reopened', item })
export const orderList = (item: string | null, order: string[]): EventBody => ({
  kind: 'speakers-ordered',
  ...{ item, order },
})

/** Sets a speaking time in seconds for an item, or the whole meeting where it is null; `seconds` null lifts it. */
export const setSpeakingTime = (
  item: string | null,
  budget: { per: 'speech' } | { per: 'person' } | { per: 'faction'; faction: string },
  seconds: number | null,
): EventBody => ({ kind: 'speaking-time-set', item, budget, seconds })
