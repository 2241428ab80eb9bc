import type { Ballot, Choice } from '../../../../shared/council/events/vote.ts'
import { formatClock } from '../../../../shared/council/clock.ts'
import {
  hubAccount,
  meetingEventId,
  type Author,
  type EventBody,
  type MeetingEvent,
} from '../../../../shared/council/meeting-event.ts'
import type { BallotReceipt } from '../../../../shared/hub-api/contract.ts'
import type { AgendaItem } from '../../../../shared/oparl/index.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { isInTime } from '../../../../shared/rules/meeting/circulation.ts'
import { MeetingLog } from '../../../../shared/rules/meeting/log.ts'
import type { MeetingState, RefusalCause } from '../../../../shared/rules/meeting/state.ts'
import type { BallotFailure, LoggedEvent } from '../../../data/contract.ts'
import type { Room } from '../room.ts'
import { councilOf53, items, mayor, meeting, opening } from './council.ts'

const began = Date.parse('2026-11-30T18:04:00Z')

interface Circumstances {
  readonly events?: readonly EventBody[]
  /** Who looks at the screen; the mayor presides. */
  readonly person?: string | null
}

/**
 * A room over a real log, alone on its device: what is written is judged by the reducer at once. In place of the hub it
 * keeps ballots until the close and seals them; faults of the way to the hub are set from outside.
 */
export class StagedRoom implements Room {
  readonly meeting = meeting
  readonly me: Room['me']
  /** What the next ballots meet on their way. */
  fault = $state.raw<BallotFailure | undefined>()
  /** Ballots are under way until this comes. */
  wait: Promise<void> | undefined
  /** Without contact events are kept, and marked as late. */
  offline = false
  /** Whether the hub seals a closed vote at once. */
  sealsAtOnce = true
  readonly #log = new MeetingLog(meeting._id)
  #state = $state.raw(this.#log.state)
  #seconds = 0
  #passed = $state(0)
  readonly #boxes = new Map<string, Map<string, Choice>>()
  readonly #author: Author

  constructor({ events: before = opening(councilOf53()), person = mayor }: Circumstances = {}) {
    const presides = person === mayor
    this.me = { person, presides }
    const events = () => this.#events
    this.live = {
      castBallot: (vote, choice, instead) => this.#cast(vote, choice, instead),
      get events() {
        return events()
      },
    }
    this.#author = { account: 'staged', person, roles: presides ? ['chair'] : ['member'], key: '0'.repeat(64) }
    for (const body of before) this.tell(body)
  }

  get state(): MeetingState {
    return this.#state
  }

  nameOf(id: string): string {
    const { constitution } = this.#state
    const seat = constitution?.seats.find(({ person }) => person === id)
    return seat?.name ?? constitution?.factions.find(({ organization }) => organization === id)?.name ?? id
  }

  itemOf(id: string): AgendaItem | undefined {
    return items.find(({ _id }) => _id === id)
  }

  /** Something that happened elsewhere: by the chair, or by the hub. A refusal is a fault of the test. */
  tell(body: EventBody): void {
    const byHub = body.kind === 'ballots-received' || body.kind === 'vote-sealed'
    const author: Author = {
      account: byHub ? hubAccount : 'chair',
      person: null,
      roles: byHub ? [] : ['chair'],
      key: '1'.repeat(64),
    }
    const { refusal } = this.#write(body, author)
    if (refusal) throw new Error(`${body.kind} was refused: ${refusal}`)
  }

  run: Room['run'] = async (body) => {
    // As on a device: what the rules of the meeting refuse is written all the same.
    const { event } = this.#write(body, this.#author)
    if (body.kind === 'vote-closed' && this.sealsAtOnce) this.seal(body.vote)
    return success(event)
  }

  readonly #events = $derived.by((): readonly LoggedEvent[] => {
    void this.#state
    return this.#log.events.map((event) => ({ event, pending: this.offline }))
  })

  readonly live: Room['live']
  async #cast(
    vote: string,
    choice: Choice,
    instead?: { readonly person: string; readonly reason: string },
  ): Promise<Result<BallotReceipt, BallotFailure>> {
    await Promise.resolve(this.wait)
    if (this.fault) return failed(this.fault)
    const person = instead?.person ?? this.me.person ?? ''
    const running = this.#state.votes.get(vote)
    if (running?.status !== 'open' || !isInTime(running, this.#now)) return failed('closed')
    if (!running.entitled.includes(person)) return failed('not-entitled')
    return success(this.receive(vote, person, choice, instead && { by: 'staged', reason: instead.reason }))
  }

  /** The hub has a ballot. */
  receive(vote: string, person: string, choice: Choice, entered?: { by: string; reason: string }): BallotReceipt {
    const box = this.#boxes.get(vote) ?? new Map<string, Choice>()
    this.#boxes.set(vote, box)
    const replaced = box.has(person)
    box.set(person, choice)
    const at = this.#state.votes.get(vote)?.until === undefined ? {} : { at: this.#now }
    this.tell({ kind: 'ballots-received', vote, ballots: [{ person, ...at, ...(entered ? { entered } : {}) }] })
    return { vote, person, received: new Date(this.#now).toISOString(), replaced }
  }

  /** The hub counts and seals what it has; nothing where there is nothing to seal. */
  seal(vote: string): void {
    if (this.#state.votes.get(vote)?.status !== 'counting') return
    const ballots: Ballot[] = [...(this.#boxes.get(vote) ?? [])].map(([person, choice]) => ({ person, choice }))
    this.tell({ kind: 'vote-sealed', vote, ballots, digest: 'f'.repeat(64) })
  }

  get tick(): number {
    void this.#state
    return this.#now
  }

  /** Time passes, in milliseconds. */
  pass(ms: number): void {
    this.#passed += ms
  }

  get #now(): number {
    return began + this.#seconds * 1000 + this.#passed
  }

  #write(body: EventBody, author: Author): { event: MeetingEvent; refusal: RefusalCause | undefined } {
    this.#seconds += 1
    const clock = formatClock({ ms: this.#now, count: 0, device: 'staged00' })
    const event: MeetingEvent = {
      _id: meetingEventId({ meeting: meeting._id, clock, author: author.account }),
      type: 'event',
      schema: 1,
      author,
      body,
      place: this.#seconds,
      previous: null,
      signature: '',
      ...(this.offline ? { offline: true } : {}),
    }
    this.#log.insert([event])
    this.#state = this.#log.state
    return { event, refusal: this.#state.refused.find((refused) => refused.event === event._id)?.cause }
  }
}
