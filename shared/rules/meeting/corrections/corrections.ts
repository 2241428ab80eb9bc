import type { Author, Correction, Deed, MeetingEvent } from '../../../council/meeting-event.ts'
import type { Instant, RefusalCause } from '../state.ts'
import { Course } from './course.ts'

/** What an event could stand for, with who answers for it. */
export interface Reading {
  /** Undefined: it did not happen. */
  readonly deed: Deed | undefined
  readonly author: Author
  /** When it happened; undefined: when it was written. */
  readonly at: Instant | undefined
  /** The correction that says so; undefined for the event as it was written. */
  readonly by: string | undefined
  /**
   * Events that a correction stands for, and corrections that were taken back, with the one that did so; to be asked
   * before the next reading.
   */
  readonly replaced: () => ReadonlyMap<string, string>
}

type CorrectionEvent = MeetingEvent & { readonly body: Correction }

export const isCorrection = (event: MeetingEvent): event is CorrectionEvent => event.body.kind === 'corrected'

/** Places in the log between which it was not known what is known now. */
interface Doubt {
  readonly from: string
  readonly to: string
}

/**
 * All corrections of a log. Whether one may be made at all is decided here, by the log as it was written; whether what
 * it puts in place may be done, is decided where the corrected event stands. A correction can itself be corrected.
 */
export class Corrections {
  /** Corrections that may not be made. */
  readonly refused: ReadonlyMap<string, RefusalCause>
  /** Corrections by what they replace, the latest first. */
  readonly #byTarget = new Map<string, CorrectionEvent[]>()
  /** From an event to the correction that says of it that the public came or went otherwise than was thought. */
  readonly #doubts: Doubt[] = []

  /** @param events the whole log in order @param find any event of it by its id */
  constructor(events: readonly MeetingEvent[], find: (id: string) => MeetingEvent | undefined) {
    const all = events.filter(isCorrection)
    const refused = new Map<string, RefusalCause>()
    this.refused = refused
    if (all.length === 0) return
    const course = new Course(events)
    const roots = new Map<string, MeetingEvent>()
    const doubted = new Set<MeetingEvent>()
    // A chain begins before it goes on: the root of what a correction replaces is known by then.
    for (const event of all) {
      const target = find(event.body.replaces)
      const root = target && (roots.get(target._id) ?? target)
      if (root) roots.set(event._id, root)
      const cause = course.causeAgainst(event, target, root)
      if (cause) refused.set(event._id, cause)
      else if (root) {
        // What had no effect as it was written has one now; and what was said otherwise once is believed by nobody since.
        if (saysOtherPart(event, root) || (partOf(event.body.instead) && !course.ran(root))) doubted.add(root)
        if (doubted.has(root)) this.#doubts.push({ from: root._id, to: event._id })
      }
    }
    for (const event of all.toReversed())
      if (!refused.has(event._id)) this.#byTarget.set(event.body.replaces, [...this.#of(event.body.replaces), event])
  }

  /** Whether the log corrects anything, rightly or not. */
  get any(): boolean {
    return this.refused.size > 0 || this.#byTarget.size > 0
  }

  isCorrected(event: string): boolean {
    return this.#byTarget.has(event)
  }

  /**
   * Whether it was said later that, at this event, the public was in or out otherwise than the room took it to be: what
   * was done in the belief that the doors are closed is never published. The belief ends once the correction is made.
   */
  isDoubted(event: string): boolean {
    return this.#doubts.some(({ from, to }) => from < event && event <= to)
  }

  /**
   * Everything that an event could stand for, what was said last first; the first that may be so holds. The event as
   * it was written comes last.
   */
  *readingsOf(event: MeetingEvent): Generator<Reading> {
    const path: { readonly event: MeetingEvent; next: number }[] = [{ event, next: 0 }]
    const takenBack = new Map<string, string>()
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const correction = this.#of(top.event._id)[top.next++]
      if (correction) {
        path.push({ event: correction, next: 0 })
        continue
      }
      path.pop()
      const { body, author, _id } = top.event
      const replaced = (): ReadonlyMap<string, string> =>
        new Map([...takenBack, ...path.map((step) => [step.event._id, _id] as const)])
      if (body.kind !== 'corrected') yield { deed: body, author, at: undefined, by: undefined, replaced }
      else if (body.instead || path.length === 1) yield { deed: body.instead, author, at: body.at, by: _id, replaced }
      // A correction that did not happen: what it replaced is read without it.
      else takenBack.set(path.pop()?.event._id ?? '', _id)
    }
  }

  #of(event: string): CorrectionEvent[] {
    return this.#byTarget.get(event) ?? []
  }
}

/** Deeds that let the public in or send it out. */
const partOf = (deed: Deed | undefined): string | undefined =>
  deed?.kind === 'part-opened' || deed?.kind === 'part-closed' ? deed.kind : undefined

const saysOtherPart = ({ body: { instead } }: CorrectionEvent, { body }: MeetingEvent): boolean =>
  body.kind !== 'corrected' && partOf(instead) !== partOf(body)
