import {
  timeOfEvent,
  type Deed,
  type DeedKind,
  type DeedOf,
  type EventBody,
  type MeetingEvent,
} from '../../../council/meeting-event.ts'
import { MeetingLog } from '../../meeting/log.ts'
import type { Instant, MeetingState } from '../../meeting/state.ts'

interface Occurrence {
  /** The event that stands in the log for it, however often it was corrected. */
  readonly event: string
  readonly at: Instant
  /** Whether it is proven that the public was in. */
  readonly inPublic: boolean
  /**
   * Item that the event was about as it was written, by what it names or by what was open: what is put in its place is
   * for nobody who may not read of that.
   */
  readonly of: string | null | undefined
  /** Whether it was before the opening. */
  readonly before: boolean
}

/** Something that happened, as it holds after all corrections. */
export type Happening<Kind extends DeedKind = DeedKind> = Occurrence & { readonly deed: DeedOf<Kind> }

/** Whether the public was in at a time; where a part ends and another begins, it was in when it was in both. */
const publicAt = ({ parts }: MeetingState, at: Instant): boolean => {
  const during = parts.filter(({ from, to }) => from <= at && (to === undefined || at <= to))
  return during.length > 0 && during.every((part) => part.public)
}

/**
 * Events at which the room took the public to be in, by what the log said then: what is said later of the doors opens
 * none of them.
 */
function believedPublic(meeting: string, events: readonly MeetingEvent[]): ReadonlySet<string> {
  const log = new MeetingLog(meeting)
  const believed = new Set<string>()
  let from = 0
  const settle = (to: number): void => {
    const written = events.slice(from, to)
    log.insert(written)
    for (const event of written) if (publicAt(log.state, timeOfEvent(event))) believed.add(event._id)
    from = to
  }
  events.forEach(({ body }, place) => {
    if (body.kind !== 'corrected') return
    settle(place)
    log.insert(events.slice(place, place + 1))
    from = place + 1
  })
  settle(events.length)
  return believed
}

/**
 * What happened, in the order of time: what was refused is left out, and what was corrected stands as it holds. The
 * public counts as in only where it was by what the log said then, by its order, and by the times that hold now.
 */
export function happeningsOf(state: MeetingState, events: readonly MeetingEvent[]): Happening[] {
  const find = new Map(events.map((event) => [event._id, event]))
  const refused = new Set(state.refused.map(({ event }) => event))
  const believed = believedPublic(state.meeting, events)
  const happenings: Happening[] = []
  let open = false
  let isPublic = false
  let current: string | undefined
  for (const event of events) {
    const held = heldBy(event, state, find, refused)
    if (!held) continue
    const { deed, at } = held
    if (deed.kind === 'meeting-opened') [open, isPublic] = [true, state.parts[0]?.public === true]
    const inPublic = isPublic && believed.has(event._id) && publicAt(state, at)
    happenings.push({ event: event._id, at, deed, inPublic, before: !open, of: itemOf(event.body, state) ?? current })
    if (deed.kind === 'item-opened') current = deed.item
    else if (endsItem.has(deed.kind) && itemOf(deed, state) === current) current = undefined
    if (deed.kind === 'part-opened') isPublic = true
    if (deed.kind === 'part-closed' || deed.kind === 'meeting-closed') isPublic = false
  }
  return happenings.sort((a, b) => a.at - b.at)
}

const endsItem: ReadonlySet<string> = new Set(['item-closed', 'item-deferred', 'item-withdrawn'])

/** The item that a deed names, or that is the matter of what it names. */
function itemOf(deed: EventBody, { speeches, motions, votes, elections }: MeetingState): string | null | undefined {
  if ('item' in deed) return deed.item
  if ('entry' in deed) return deed.entry.item
  if ('speech' in deed) return speeches.get(deed.speech)?.item
  if ('motion' in deed && deed.motion !== undefined) return motions.get(deed.motion)?.item
  if ('election' in deed) return elections.get(deed.election)?.item
  return 'vote' in deed && deed.vote !== undefined ? votes.get(deed.vote)?.item : undefined
}

/** What an event stands for; undefined where nothing came of it. */
function heldBy(
  { _id, body }: MeetingEvent,
  { corrections }: MeetingState,
  find: ReadonlyMap<string, MeetingEvent>,
  refused: ReadonlySet<string>,
): { deed: Deed; at: Instant } | undefined {
  if (body.kind === 'corrected') return undefined
  const by = corrections.get(_id)
  const at = timeOfEvent({ _id })
  if (by === undefined) return refused.has(_id) ? undefined : { deed: body, at }
  const holding = find.get(by)?.body
  return holding?.kind === 'corrected' && holding.instead ? { deed: holding.instead, at: holding.at ?? at } : undefined
}
