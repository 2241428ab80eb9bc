import type { Author, Correction, MeetingEvent } from '../../../council/meeting-event.ts'
import { isHub, prepares } from '../deeds/deed-rule.ts'
import type { RefusalCause } from '../state.ts'

const mayRun = (author: Author, presidents: readonly string[]): boolean =>
  prepares(author) || (!isHub(author) && author.person !== null && presidents.includes(author.person))

/** What is known of a log before any correction is applied: enough to say who may correct what. */
export class Course {
  /** Who may preside, by each preparation. */
  readonly #preparations: { readonly from: string; readonly presidents: readonly string[] }[] = []
  /** Id of the event that closed the meeting. */
  readonly #closed: string | undefined
  /** Votes of which the hub has said what was voted, with the event that did so first. */
  readonly #sealed = new Map<string, string>()

  constructor(events: readonly MeetingEvent[]) {
    const undone = new Set<string>()
    const closings: string[] = []
    let opened = false
    for (const { body, author, _id } of events) {
      const runs = (): boolean => mayRun(author, this.#presidentsAt(_id))
      if (body.kind === 'meeting-prepared' && prepares(author) && !opened)
        this.#preparations.push({ from: _id, presidents: body.constitution.presidents })
      else if (body.kind === 'meeting-opened' && runs()) opened = true
      else if (body.kind === 'meeting-closed' && opened && runs()) closings.push(_id)
      else if (body.kind === 'vote-sealed' && isHub(author) && !this.#sealed.has(body.vote))
        this.#sealed.set(body.vote, _id)
      else if (body.kind === 'corrected' && body.instead?.kind !== 'meeting-closed' && runs()) undone.add(body.replaces)
    }
    this.#closed = closings.find((id) => !undone.has(id))
  }

  /**
   * Why a correction may not be made; undefined where it may. Presidents correct everybody's events and their times,
   * authors the content of their own until the close, nobody those of the hub.
   *
   * @param target what it replaces @param root the event that it is about in the end
   */
  causeAgainst(
    { author, body, _id }: MeetingEvent & { readonly body: Correction },
    target: MeetingEvent | undefined,
    root: MeetingEvent | undefined,
  ): RefusalCause | undefined {
    if (isHub(author)) return 'not-allowed'
    if (!target || body.replaces >= _id) return 'unknown'
    if (isHub(target.author)) return 'not-allowed'
    if (body.at !== undefined && !body.instead) return 'implausible'
    if (root && this.#reopens(body, target, root, _id)) return 'ballots-known'
    if (mayRun(author, this.#presidentsAt(_id))) return undefined
    if (body.at !== undefined) return 'not-allowed'
    if (author.account !== target.author.account) return 'not-yours'
    return this.#closed !== undefined && this.#closed < _id ? 'closed-already' : undefined
  }

  /** Whether the author of an event might run the meeting when it was written. */
  ran({ author, _id }: MeetingEvent): boolean {
    return mayRun(author, this.#presidentsAt(_id))
  }

  /** Whether a vote would be open again of which everybody knows by now what was voted. */
  #reopens({ instead }: Correction, target: MeetingEvent, { body }: MeetingEvent, correction: string): boolean {
    if (body.kind !== 'vote-closed') return false
    const sealed = this.#sealed.get(body.vote)
    if (sealed === undefined || sealed >= correction) return false
    if (!instead) return target.body.kind !== 'corrected'
    return instead.kind !== 'vote-closed' || instead.vote !== body.vote
  }

  #presidentsAt(event: string): readonly string[] {
    return this.#preparations.findLast(({ from }) => from < event)?.presidents ?? []
  }
}
