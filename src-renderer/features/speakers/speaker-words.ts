import { m } from '../../../shared/i18n/index.ts'
import type { Speaker, SpeechForm } from '../../../shared/council/events/speech.ts'
import { seatOf, type SpeakingBudget, type Speech } from '../../../shared/rules/meeting/state.ts'
import type { Room } from '../room/index.ts'
import { clockText } from './time/speaking-time.ts'

const forms: Readonly<Record<SpeechForm, () => string>> = {
  speech: m.speakers_form_speech,
  'point-of-order': m.speakers_form_point,
  question: m.speakers_form_question,
  intervention: m.speakers_form_intervention,
  reply: m.speakers_form_reply,
}
export const formWord = (form: SpeechForm): string => forms[form]()

/** The form of a contribution where it is no ordinary speech, and its side. */
export const describeForm = ({ form, stance }: Pick<Speech, 'form' | 'stance'>): string =>
  [form === 'speech' ? '' : forms[form](), stance ? stanceWord(stance) : ''].filter(Boolean).join(', ')

export const stanceWord = (stance: 'pro' | 'contra'): string =>
  stance === 'pro' ? m.speakers_pro() : m.speakers_contra()

export const nameOfSpeaker = (room: Pick<Room, 'state' | 'nameOf'>, speaker: Speaker): string =>
  'guest' in speaker ? speaker.guest : (seatOf(room.state, speaker.person)?.name ?? room.nameOf(speaker.person))

/** "1:53 left of the faction's time", or by how much it is over. */
export function describeLimit(per: SpeakingBudget['per'], left: number): string {
  const time = clockText(Math.abs(left))
  if (left <= 0) return m.speakers_over_by({ time })
  return { speech: m.speakers_left, person: m.speakers_left_person, faction: m.speakers_left_faction }[per]({ time })
}
