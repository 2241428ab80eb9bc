import type { Author, Correction, Deed, MeetingEvent } from '../../council/meeting-event.ts'
import { isHub, prepares } from './deeds/deed-rule.ts'
import type { RefusalCause } from './state.ts'

/** What an event could stand for, with who answers for it. */
export interface Reading {
  /** Undefined: it did not happen. */
  readonly deed: Deed | undefined
  readonly author: Author
  /** The correction that says so; undefined for the event as it was written. */
  readonly by: string | undefined
  /** Events, corrections among them, that this correction stands for. */
  readonly replaced: readonly string[]
}

type CorrectionEvent = MeetingEvent & { readonly body: Correction }

export const isCorrection = (event: MeetingEvent): event is CorrectionEvent => event.body.kind === 'corrected'

/**
 * All corrections of a log. Whether one may be made at all is decided here, by the log as it was written; whether what
 * it puts in place may be done, is decided where the corrected event stands. A correction can itself be corrected.
 */
export class Corrections {
  /** Corrections that may not be made. */
  readonly refused: ReadonlyMap<string, RefusalCause>
  /** Corrections by what they replace, the latest first. */
  readonly #byTarget = new Map<string, CorrectionEvent[]>()

  /** @param events the whole log in order @param find any event of it by its id */
  constructor(events: readonly MeetingEvent[], find: (id: string) => MeetingEvent | undefined) {
    const all = events.filter(isCorrection)
    const refused = new Map<string, RefusalCause>()
    this.refused = refused
    if (all.length === 0) return
    const course = readCourse(events)
    for (const event of all.toReversed()) {
      const cause = judge(event, find(event.body.replaces), course)
      if (cause) refused.set(event._id, cause)
      else this.#byTarget.set(event.body.replaces, [...this.#of(event.body.replaces), event])
    }
  }

  /** Whether the log corrects anything, rightly or not. */
  get any(): boolean {
    return this.refused.size > 0 || this.#byTarget.size > 0
  }

  isCorrected(event: string): boolean {
    return this.#byTarget.has(event)
  }

  /**
   * Everything that an event could stand for, what was said last first; the first that may be so holds. The event as
   * it was written comes last.
   */
  *readingsOf(event: MeetingEvent): Generator<Reading> {
    const path: { readonly event: MeetingEvent; next: number }[] = [{ event, next: 0 }]
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const correction = this.#of(top.event._id)[top.next++]
      if (correction) {
        path.push({ event: correction, next: 0 })
        continue
      }
      path.pop()
      const { body, author, _id } = top.event
      const replaced = path.map((step) => step.event._id)
      if (body.kind !== 'corrected') yield { deed: body, author, by: undefined, replaced }
      else if (body.instead || path.length === 1) yield { deed: body.instead, author, by: _id, replaced }
      // A correction that did not happen: what it replaced is read without it.
      else path.pop()
    }
  }

  #of(event: string): CorrectionEvent[] {
    return this.#byTarget.get(event) ?? []
  }
}

interface Course {
  /** Who may preside, by the last preparation before a place in the log. */
  presidentsAt(event: string): readonly string[]
  /** Id of the event that closed the meeting. */
  readonly closed: string | undefined
}

/** What is known of the course before any correction is applied: enough to say who may correct. */
function readCourse(events: readonly MeetingEvent[]): Course {
  const preparations: { readonly from: string; readonly presidents: readonly string[] }[] = []
  const presidentsAt = (event: string): readonly string[] =>
    preparations.findLast(({ from }) => from < event)?.presidents ?? []
  const runs = ({ author, _id }: MeetingEvent): boolean => mayRun(author, presidentsAt(_id))
  const undone = new Set<string>()
  const closings: string[] = []
  let opened = false
  for (const event of events) {
    const { body, author, _id } = event
    if (body.kind === 'meeting-prepared' && prepares(author) && !opened)
      preparations.push({ from: _id, presidents: body.constitution.presidents })
    else if (body.kind === 'meeting-opened' && runs(event)) opened = true
    else if (body.kind === 'meeting-closed' && opened && runs(event)) closings.push(_id)
    else if (body.kind === 'corrected' && body.instead?.kind !== 'meeting-closed' && runs(event))
      undone.add(body.replaces)
  }
  return { presidentsAt, closed: closings.find((id) => !undone.has(id)) }
}

const mayRun = (author: Author, presidents: readonly string[]): boolean =>
  prepares(author) || (!isHub(author) && author.person !== null && presidents.includes(author.person))

/** Presidents correct everybody's events, authors their own until the close, nobody those of the hub. */
function judge(event: CorrectionEvent, target: MeetingEvent | undefined, course: Course): RefusalCause | undefined {
  const { author, body, _id } = event
  if (isHub(author)) return 'not-allowed'
  if (!target || body.replaces >= _id) return 'unknown'
  if (isHub(target.author)) return 'not-allowed'
  if (mayRun(author, course.presidentsAt(_id))) return undefined
  if (author.account !== target.author.account) return 'not-yours'
  return course.closed !== undefined && course.closed < _id ? 'closed-already' : undefined
}
