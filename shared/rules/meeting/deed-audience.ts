import type { Constitution } from '../../council/events/constitution.ts'
import type { Deed, DeedKind, DeedOf, EventBody } from '../../council/meeting-event.ts'
import { circleAudience, organizationAudience, partsOf, type Audience } from '../audience.ts'
import type { MeetingState } from './state.ts'

type ItemOf<Kind extends DeedKind> = (deed: DeedOf<Kind>, state: MeetingState) => string | null | undefined
/** Kinds that say something of what an item is about, with the item; undefined: the deed itself says nothing of it. */
type Content = { readonly [Kind in DeedKind]: ItemOf<Kind> | undefined }

const ofSpeech = ({ speech }: { readonly speech: string }, state: MeetingState): string | null | undefined =>
  known(state.speeches.get(speech), state)
const ofMotion = ({ motion }: { readonly motion: string }, state: MeetingState): string | null | undefined =>
  known(state.motions.get(motion), state)
const ofVote = ({ vote }: { readonly vote: string }, state: MeetingState): string | null | undefined =>
  known(state.votes.get(vote), state)
const ofElection = ({ election }: { readonly election: string }, state: MeetingState): string | null | undefined =>
  known(state.elections.get(election), state)
const ofItem = (
  { item }: { readonly item?: string | null | undefined },
  state: MeetingState,
): string | null | undefined => item ?? state.current

/** What is said of something unknown is taken to be about the item that is open: it could be. */
const known = (found: { readonly item: string | null } | undefined, state: MeetingState): string | null | undefined =>
  found ? (found.item ?? state.current) : state.current

/** A reason is a text about the item: the course of the meeting goes to everybody, its reasons do not. */
const whenReasoned = ({
  item,
  reason,
}: {
  readonly item: string
  readonly reason?: string | undefined
}): string | undefined => (reason === undefined ? undefined : item)

const content: Content = {
  'meeting-prepared': undefined,
  'meeting-opened': undefined,
  'meeting-paused': undefined,
  'meeting-resumed': undefined,
  'meeting-closed': undefined,
  'presidency-handed': undefined,
  'item-opened': undefined,
  'item-closed': undefined,
  'item-deferred': whenReasoned,
  'item-withdrawn': whenReasoned,
  'item-added': undefined,
  'item-moved': undefined,
  'part-closed': undefined,
  'part-opened': undefined,
  'note-added': ofItem,
  'person-arrived': undefined,
  'person-left': undefined,
  'connection-lost': undefined,
  'connection-restored': undefined,
  'conflict-declared': undefined,
  'conflict-lifted': undefined,
  'called-to-order': ({ reason }, state) => (reason === undefined ? undefined : state.current),
  'person-excluded': undefined,
  'disturbance-began': undefined,
  'disturbance-ended': undefined,
  'speech-requested': ofItem,
  'speech-withdrawn': ofSpeech,
  'speech-started': ofSpeech,
  'speech-paused': ofSpeech,
  'speech-resumed': ofSpeech,
  'speech-stopped': ofSpeech,
  'speakers-closed': ofItem,
  'speakers-reopened': ofItem,
  'speakers-ordered': ofItem,
  'speaking-time-set': ofItem,
  'motion-put': ofItem,
  'motion-withdrawn': ofMotion,
  'motions-ordered': ofItem,
  'vote-opened': ofItem,
  'ballots-received': ofVote,
  'vote-closed': ofVote,
  'vote-sealed': ofVote,
  'roll-called': ofVote,
  'votes-counted': ofVote,
  'objection-raised': ofVote,
  'vote-cancelled': ofVote,
  'election-opened': ofItem,
  'candidate-nominated': ofElection,
  'candidate-withdrawn': ofElection,
  'round-opened': ofElection,
  'round-counted': ofElection,
  'lot-drawn': ofElection,
  'election-cancelled': ofElection,
  'scene-projected': (_deed, state) => state.current,
}

/** The item whose circle a deed belongs into; undefined: it is for the whole body. */
function circleOf(state: MeetingState, deed: Deed): string | undefined {
  const itemOf = content[deed.kind] as ItemOf<DeedKind> | undefined
  const item = itemOf?.(deed, state)
  const entry = state.agenda.find((other) => other.item === item)
  return entry && !entry.public && entry.conflicts.length > 0 ? entry.item : undefined
}

/**
 * The audience that an event with this deed is written into: that of the body, or, where it says something of a closed
 * item from which somebody is kept out by a conflict of interest, the circle of that item. Undefined before the meeting
 * is prepared.
 */
export const audienceOfDeed = (state: MeetingState, deed: Deed): Audience | undefined => audiencesOfDeed(state, deed)[0]

function audiencesOfDeed(state: MeetingState, deed: Deed): readonly Audience[] {
  const item = circleOf(state, deed)
  if (item !== undefined) return [circleAudience(item)]
  return bodyAudiences(deed.kind === 'meeting-prepared' ? deed.constitution : state.constitution)
}

/** Those of the bodies that meet, in their order. */
const bodyAudiences = (constitution: Constitution | undefined): readonly Audience[] =>
  (constitution?.organizations ?? []).map(organizationAudience)

/**
 * The audiences that an event can be written into, the first by preference: one takes it, and a joint meeting's hub
 * carries it into those of the other bodies. Who belongs to one body alone has no other to write into. A correction goes
 * where what it puts in place belongs, and never to more people than the event that it replaces went to; its reason
 * speaks of that event.
 *
 * @param replaced audience of the event that a correction replaces, where that event is known
 */
export function audiencesOfBody(state: MeetingState, body: EventBody, replaced?: Audience): readonly Audience[] {
  if (body.kind !== 'corrected') return audiencesOfDeed(state, body)
  if (replaced && partsOf(replaced).kind === 'circle') return [replaced]
  if (body.instead) return audiencesOfDeed(state, body.instead)
  return replaced ? [replaced] : bodyAudiences(state.constitution)
}

/** Persons of the roster who may read the circle of a closed item: everybody but those kept out of it. */
export function readersOfCircle(state: MeetingState, item: string): string[] {
  const conflicts = state.agenda.find((entry) => entry.item === item)?.conflicts ?? []
  const keptOut = new Set(conflicts.map(({ person }) => person))
  return (state.constitution?.seats ?? []).map(({ person }) => person).filter((person) => !keptOut.has(person))
}
