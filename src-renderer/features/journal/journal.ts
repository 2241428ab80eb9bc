import { m } from '../../../shared/i18n/index.ts'
import type { Correction, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { hubAccount, timeOfEvent } from '../../../shared/council/meeting-event.ts'
import type { Instant, RefusalCause } from '../../../shared/rules/meeting/state.ts'
import type { LoggedEvent } from '../../data/contract.ts'
import type { Room } from '../room/index.ts'
import { deedWords, eventWords } from './words/event-words.ts'
import { roleWords } from './words/choice-words.ts'
import { namesIn, type Names } from './words/names.ts'

/** One event of the log, as the journal shows it. */
export interface JournalLine {
  readonly event: MeetingEvent
  readonly at: Instant
  readonly who: string
  readonly words: string
  /** Why it changed nothing. */
  readonly cause: RefusalCause | undefined
  /** The hub did not take it: it is no part of the log. */
  readonly rejected: boolean
  readonly pending: boolean
  /** Written without contact to the hub. */
  readonly late: boolean
  /** What holds in its place; without words it was taken back. */
  readonly replaced: { readonly by: string; readonly words: string | undefined } | undefined
}

type Looked = Pick<Room, 'state' | 'nameOf'> & { readonly live: { readonly events: readonly LoggedEvent[] } }

/** Everything that the log holds, newest first. */
export function journalOf(room: Looked): JournalLine[] {
  const names = namesIn(room)
  const refused = new Map(room.state.refused.map(({ event, cause }) => [event, cause]))
  const bodies = new Map(room.live.events.map(({ event }) => [event._id, event.body]))
  const replacedBy = (id: string): JournalLine['replaced'] => {
    const by = room.state.corrections.get(id)
    const body = by === undefined ? undefined : (bodies.get(by) as Correction | undefined)
    if (by === undefined) return undefined
    return { by, words: body?.instead && deedWords(body.instead, names) }
  }
  return room.live.events
    .map(({ event, pending, refusal }) => ({
      event,
      at: timeOfEvent(event),
      who: authorName(event, names),
      words: eventWords(event.body, names),
      cause: refused.get(event._id),
      rejected: refusal !== undefined,
      pending,
      late: event.offline === true,
      replaced: replacedBy(event._id),
    }))
    .reverse()
}

function authorName({ author }: MeetingEvent, names: Names): string {
  if (author.account === hubAccount) return m.cockpit_hub()
  return (author.person === null ? undefined : names.knownPerson(author.person)) ?? roleWords(author.roles)
}

/** Which lines a journal shows. */
export type JournalFilter = 'all' | 'refused' | 'late' | 'corrected'

export const fitsFilter = (line: JournalLine, filter: JournalFilter): boolean =>
  ({
    all: true,
    refused: line.cause !== undefined || line.rejected,
    late: line.late,
    corrected: line.replaced !== undefined || line.event.body.kind === 'corrected',
  })[filter]

/** Whether a line can be taken back or corrected: it holds, and was not written by the hub. */
export const isCorrectable = (line: JournalLine): boolean =>
  line.event.author.account !== hubAccount &&
  !line.rejected &&
  line.cause === undefined &&
  line.replaced === undefined &&
  line.event.body.kind !== 'corrected' &&
  line.event.body.kind !== 'meeting-prepared'
