import type { Instant, Speech } from '../state.ts'
import type { Draft } from './draft.ts'

/** Who has the floor: the first speaks, the others were interrupted and go on when those before them are done. */

const endSpan = (speech: Speech, at: Instant): Speech['spans'] =>
  speech.spans.map((span) => (span.to === undefined ? { ...span, to: at } : span))

const change = (draft: Draft, id: string, status: Speech['status'], at: Instant): void => {
  const speech = draft.state.speeches.get(id)
  if (!speech) return
  const spans = status === 'speaking' ? [...speech.spans, { from: at }] : endSpan(speech, at)
  draft.put('speeches', id, { ...speech, status, spans })
}

/** The clock of who speaks stands still. */
export const pauseSpeech = (draft: Draft, id: string, at: Instant): void => change(draft, id, 'paused', at)

/** Everybody on the floor is done. */
export function clearFloor(draft: Draft, at: Instant): void {
  for (const id of draft.state.floor) change(draft, id, 'done', at)
  if (draft.state.floor.length > 0) draft.set('floor', [])
}

/** Who has the floor is heard behind closed doors, or it is not certain that they are open. */
export function hideSpeaker(draft: Draft): void {
  const speech = draft.state.speeches.get(draft.state.floor[0] ?? '')
  if (speech?.inPublic) draft.put('speeches', speech.speech, { ...speech, inPublic: false })
}

/** Gives the floor: an interruption pauses who speaks, a speech ends what was before it. */
export function giveFloor(draft: Draft, id: string, interrupts: boolean, at: Instant): void {
  if (!interrupts) clearFloor(draft, at)
  const [interrupted] = draft.state.floor
  if (interrupted !== undefined && draft.state.speeches.get(interrupted)?.status === 'speaking')
    change(draft, interrupted, 'paused', at)
  change(draft, id, 'speaking', at)
  draft.set('floor', [id, ...draft.state.floor])
}

/** Goes on speaking; who interrupted is done. */
export function resumeSpeech(draft: Draft, id: string, at: Instant): void {
  const place = draft.state.floor.indexOf(id)
  for (const before of draft.state.floor.slice(0, place)) change(draft, before, 'done', at)
  if (place > 0) draft.set('floor', draft.state.floor.slice(place))
  change(draft, id, 'speaking', at)
}

/** Ends a speech; where it was an interruption, the interrupted one goes on at once. */
export function stopSpeech(draft: Draft, id: string, at: Instant): void {
  const { floor } = draft.state
  const wasFirst = floor[0] === id
  change(draft, id, 'done', at)
  const rest = floor.filter((other) => other !== id)
  draft.set('floor', rest)
  const [next] = rest
  if (wasFirst && next !== undefined && draft.state.phase === 'open') change(draft, next, 'speaking', at)
}

/** Takes the floor from a person, in everything or on one item. */
export function stopSpeaking(draft: Draft, person: string, at: Instant, item?: string): void {
  for (const id of [...draft.state.floor]) {
    const speech = draft.state.speeches.get(id)
    if (speech && isOf(speech, person, item)) stopSpeech(draft, id, at)
  }
}

/** Takes the requests of a person off the lists, off all or off one. */
export function withdrawRequests(draft: Draft, person: string, at: Instant, item?: string): void {
  for (const speech of [...draft.state.speeches.values()])
    if (speech.status === 'waiting' && isOf(speech, person, item)) change(draft, speech.speech, 'withdrawn', at)
}

const isOf = ({ speaker, item: about }: Speech, person: string, item: string | undefined): boolean =>
  'person' in speaker && speaker.person === person && (item === undefined || about === item)
