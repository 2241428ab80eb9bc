import type { Speaker } from '../../../shared/council/events/speech.ts'
import type { SpeakerConsent } from '../../../shared/hub-api/consent.ts'
import type { MeetingState, Speech } from '../../../shared/rules/meeting/state.ts'

type Known = readonly SpeakerConsent[] | undefined

const isSame = (a: Speaker, b: Speaker): boolean =>
  'person' in a ? 'person' in b && a.person === b.person : 'guest' in b && a.guest === b.guest

/** What the register says of a speaker; undefined where it was not heard yet. */
export const consentOf = (known: Known, speaker: Speaker): SpeakerConsent | undefined =>
  known?.find((each) => isSame(each.speaker, speaker))

/** Those who speak now and must not be shown: whoever is not known to have agreed. */
export const silencedOf = (state: MeetingState, known: Known): readonly Speaker[] =>
  speechesOf(state, 'speaking').flatMap(({ speaker }) => (consentOf(known, speaker)?.live === true ? [] : [speaker]))

/** Speeches of a status, in the order in which they were asked for. */
export const speechesOf = (state: MeetingState, status: Speech['status']): readonly Speech[] =>
  [...state.speeches.values()].filter((speech) => speech.status === status)
