import type { Deed, EventBody, MeetingEvent } from '../../../council/meeting-event.ts'
import { MeetingLog } from '../log.ts'
import type { MeetingState } from '../state.ts'
import { meetingId, type History } from './history.arbitrary.ts'

/** Items that everybody may read; of the fourth the log says public, the record does not. */
export const isShown = (item: string, state: MeetingState): boolean =>
  item !== 'agenda-item:i2' && state.agenda.some((entry) => entry.item === item && entry.public)

const wordOf = (place: number): string => `wort${place}wort`
const texts: ReadonlySet<string> = new Set(['reason', 'text', 'title', 'question', 'office', 'what', 'about'])

/** The same event with a word of its own wherever it has words. */
function marked(event: MeetingEvent, place: number): MeetingEvent {
  const word = wordOf(place)
  const mark = (deed: Deed): Deed => {
    const entries = Object.entries(deed).map(([key, value]) => [key, texts.has(key) ? word : (value as unknown)])
    const said = Object.fromEntries(entries) as Deed
    if (said.kind === 'speech-requested' && 'guest' in said.speaker) return { ...said, speaker: { guest: word } }
    if (said.kind === 'candidate-nominated') return { ...said, candidate: { ...said.candidate, name: word } }
    if (reasoned.has(said.kind)) return { ...said, reason: word } as Deed
    return said
  }
  const { body } = event
  const marks: EventBody =
    body.kind === 'corrected' ? { ...body, ...(body.instead ? { instead: mark(body.instead) } : {}) } : mark(body)
  return { ...event, body: marks }
}
const reasoned: ReadonlySet<string> = new Set([
  ...['meeting-paused', 'presidency-handed', 'item-deferred', 'item-withdrawn', 'part-closed', 'conflict-declared'],
  ...['conflict-lifted', 'called-to-order', 'person-excluded', 'vote-cancelled', 'election-cancelled'],
])

/** The item that a deed is about, as far as the log knew it then. */
function itemOf(deed: Deed, state: MeetingState): string | null | undefined {
  if (deed.kind === 'motion-withdrawn') return state.motions.get(deed.motion)?.item
  if (deed.kind === 'candidate-nominated' || deed.kind === 'election-cancelled')
    return state.elections.get(deed.election)?.item
  return 'item' in deed ? deed.item : undefined
}

const closesPart = (deed: Deed): boolean =>
  deed.kind === 'part-closed' || (deed.kind === 'vote-opened' && deed.subject === 'publicity')

/**
 * Words that were said or written while the public was out, by what the log said at that moment, or about an item that
 * not everybody may read. Written down once more, and independently of what is tested: event by event.
 */
export function secretsOf({ events }: History, mayShow = isShown): string[] {
  const ordered = events.toSorted((a, b) => (a._id < b._id ? -1 : 1))
  const log = new MeetingLog(meetingId)
  const closed = new Set<string>()
  const secrets: string[] = []
  const isOfHidden = (deed: Deed, item: string | null | undefined): boolean =>
    closesPart(deed) || (typeof item === 'string' && !mayShow(item, log.state))
  for (const [place, event] of ordered.entries()) {
    const { state } = log
    const { body } = event
    if (body.kind === 'corrected') {
      const isSecret = closed.has(body.replaces)
      if (isSecret) closed.add(event._id)
      if (isSecret || (body.instead && isOfHidden(body.instead, itemOf(body.instead, state))))
        secrets.push(wordOf(place))
    } else {
      const isBehindDoors = !state.public && state.opened !== undefined
      if (isBehindDoors || isOfHidden(body, itemOf(body, state) ?? state.current)) {
        // That an item was opened has no words: what else it was, while the public was in, is judged by itself.
        if (isBehindDoors || body.kind !== 'item-opened') closed.add(event._id)
        secrets.push(wordOf(place))
      }
    }
    log.insert([event])
  }
  return secrets
}

/** A history whose every word can be told from all others. */
export const mark = ({ meeting, events }: History): History => ({
  meeting,
  events: events.toSorted((a, b) => (a._id < b._id ? -1 : 1)).map(marked),
})
