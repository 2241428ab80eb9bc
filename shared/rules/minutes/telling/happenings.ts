import {
  timeOfEvent,
  type Deed,
  type DeedKind,
  type DeedOf,
  type MeetingEvent,
} from '../../../council/meeting-event.ts'
import { closesPart, itemOf } from '../../meeting/matter.ts'
import { MeetingLog } from '../../meeting/log.ts'
import type { Instant, MeetingState, Span } from '../../meeting/state.ts'

interface Occurrence {
  /** The event that stands in the log for it, however often it was corrected. */
  readonly event: string
  readonly at: Instant
  /** Whether it is proven that the public was in. */
  readonly inPublic: boolean
  /**
   * Items that the event was about as it was written, by what it names or by what was open, then and by what holds now:
   * what is put in its place is for nobody who may not read of them.
   */
  readonly of: readonly string[]
  /** Whether it was before the opening. */
  readonly before: boolean
}

/** Something that happened, as it holds after all corrections. */
export type Happening<Kind extends DeedKind = DeedKind> = Occurrence & { readonly deed: DeedOf<Kind> }

const covers = ({ from, to }: Span, at: Instant): boolean => from <= at && (to === undefined || at <= to)

/** Whether the public was in at a time; where a part ends and another begins, it was in when it was in both. */
const publicAt = ({ parts }: MeetingState, at: Instant): boolean => {
  const during = parts.filter((part) => covers(part, at))
  return during.length > 0 && during.every((part) => part.public)
}

const itemsAt = ({ agenda }: MeetingState, at: Instant): string[] =>
  agenda.filter(({ spans }) => spans.some((span) => covers(span, at))).map(({ item }) => item)

/** Deeds on which nothing else of a meeting's course depends, whatever is said of them later. */
const apart: ReadonlySet<string> = new Set<DeedKind>([
  ...(['note-added', 'scene-projected'] as const),
  ...(['speech-requested', 'speech-withdrawn', 'speech-started', 'speech-paused', 'speech-resumed'] as const),
  ...(['speech-stopped', 'speakers-closed', 'speakers-reopened', 'speakers-ordered', 'speaking-time-set'] as const),
])

/** Whether an event can have changed whether the public was in; a correction can unless all that it speaks of stands apart. */
function isApart({ _id, body }: MeetingEvent, find: ReadonlyMap<string, MeetingEvent>): boolean {
  if (body.kind !== 'corrected') return apart.has(body.kind)
  const target = find.get(body.replaces)
  if (!target || target._id >= _id) return true
  return (body.instead === undefined || apart.has(body.instead.kind)) && isApart(target, find)
}

/** The log in pieces, each of which begins with corrections that can have changed whether the public was in. */
function piecesOf(events: readonly MeetingEvent[], find: ReadonlyMap<string, MeetingEvent>): MeetingEvent[][] {
  const pieces: MeetingEvent[][] = []
  let wasCorrection = false
  for (const event of events) {
    const isCorrection = event.body.kind === 'corrected' && !isApart(event, find)
    if (pieces.length === 0 || (isCorrection && !wasCorrection)) pieces.push([])
    pieces.at(-1)?.push(event)
    wasCorrection = isCorrection
  }
  return pieces
}

/**
 * Events at which the room took the public to be in, by what the log said then, with the items that it took to be open
 * where that was corrected: what is said later of the doors opens none of them.
 */
function believedPublic(
  state: MeetingState,
  events: readonly MeetingEvent[],
  find: ReadonlyMap<string, MeetingEvent>,
): ReadonlyMap<string, readonly string[]> {
  const pieces = piecesOf(events, find)
  const log = new MeetingLog(state.meeting)
  const believed = new Map<string, readonly string[]>()
  for (const piece of pieces) {
    if (pieces.length > 1) log.insert(piece)
    const then = pieces.length > 1 ? log.state : state
    for (const event of piece) {
      const at = timeOfEvent(event)
      if (publicAt(then, at)) believed.set(event._id, then === state ? [] : itemsAt(then, at))
    }
  }
  return believed
}

/**
 * What happened, in the order of time: what was refused is left out, and what was corrected stands as it holds. The
 * public counts as in only where it was by what the log said then, by its order, and by the times that hold now.
 */
export function happeningsOf(state: MeetingState, events: readonly MeetingEvent[]): Happening[] {
  const find = new Map(events.map((event) => [event._id, event]))
  const refused = new Set(state.refused.map(({ event }) => event))
  const then = believedPublic(state, events, find)
  const happenings: Happening[] = []
  let open = false
  let isPublic = false
  let current: string | undefined
  for (const event of events) {
    const held = heldBy(event, state, find, refused)
    if (!held) continue
    const { deed, at } = held
    if (deed.kind === 'meeting-opened') [open, isPublic] = [true, state.parts[0]?.public === true]
    const inPublic = isPublic && !closesPart(event.body) && then.has(event._id) && publicAt(state, at)
    const about = itemOf(event.body, state) ?? current
    const of = [...(about === undefined ? [] : [about]), ...(then.get(event._id) ?? [])]
    happenings.push({ event: event._id, at, deed, inPublic, before: !open, of })
    if (deed.kind === 'item-opened') current = deed.item
    else if (endsItem.has(deed.kind) && itemOf(deed, state) === current) current = undefined
    if (deed.kind === 'part-opened') isPublic = true
    if (deed.kind === 'part-closed' || deed.kind === 'meeting-closed') isPublic = false
  }
  return happenings.sort((a, b) => a.at - b.at)
}

const endsItem: ReadonlySet<string> = new Set(['item-closed', 'item-deferred', 'item-withdrawn'])

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
