import { m } from '../../../shared/i18n/index.ts'
import type { Correction, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { hubAccount, timeOfEvent } from '../../../shared/council/meeting-event.ts'
import type { Instant, MeetingState, RefusalCause } from '../../../shared/rules/meeting/state.ts'
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
  readonly replaced:
    { readonly by: string; readonly words: string | undefined; readonly at: Instant | undefined } | undefined
  /** Why nobody can take it back; undefined where it can be, and where it has no effect anyway. */
  readonly fixed: 'hub' | 'prepared' | 'ballots-known' | undefined
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
    return { by, words: body?.instead && deedWords(body.instead, names), at: body?.at }
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
      fixed: fixedBecause(event, room.state),
    }))
    .reverse()
}

/** What was voted on devices is known once the hub sealed it: then the vote as a whole can be taken back, not its close. */
function fixedBecause({ author, body }: MeetingEvent, { votes }: MeetingState): JournalLine['fixed'] {
  if (author.account === hubAccount) return 'hub'
  if (body.kind === 'meeting-prepared') return 'prepared'
  return body.kind === 'vote-closed' && votes.get(body.vote)?.digest !== undefined ? 'ballots-known' : undefined
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

/** Whether a line has an effect by now. */
export const holds = (line: JournalLine): boolean =>
  !line.rejected && line.cause === undefined && line.replaced === undefined

/** Whether a line can be taken back: corrections as well, so that what they replaced holds again. */
export const canTakeBack = (line: JournalLine): boolean => holds(line) && line.fixed === undefined

/** Whether it can be said what a line should say instead, or when it happened. */
export const isCorrectable = (line: JournalLine): boolean =>
  holds(line) && line.event.body.kind !== 'corrected' && line.fixed !== 'hub' && line.fixed !== 'prepared'
