import type { Author, EventBody, MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import { success, type Result } from '../../../../shared/result.ts'
import type { Refusal } from '../../../../shared/rules/access.ts'
import { MeetingLog } from '../../../../shared/rules/meeting/log.ts'
import type { LiveMeeting, LoggedEvent } from '../../../data/contract.ts'
import type { Room } from '../../room/index.ts'
import { chair, eventAt, items, meeting, meetingId, minute, start, type Happening } from './town-council.ts'

/** A room over a real log: what is written is folded in by the reducer at once. */
export class TestRoom implements Room {
  readonly #log = new MeetingLog(meetingId)
  readonly #author: Author
  #count = 0
  tick = $state(start)
  #events = $state.raw<readonly LoggedEvent[]>([])
  #state = $state.raw(this.#log.state)
  readonly meeting = meeting
  readonly me: Room['me']
  readonly live: LiveMeeting

  constructor(happenings: readonly Happening[], author = chair, presides = true) {
    this.#author = author
    this.me = { person: author.person, presides }
    this.#insert(
      happenings.map(({ after, body, by, offline }) =>
        eventAt(Math.round(start + after * minute), this.#count++, body, by ?? chair, offline),
      ),
    )
    this.tick = start + (Math.max(0, ...happenings.map(({ after }) => after)) + 0.3) * minute
    this.live = liveOf(this)
  }

  get state() {
    return this.#state
  }
  get events(): readonly LoggedEvent[] {
    return this.#events
  }

  nameOf = (id: string): string => this.state.constitution?.seats.find(({ person }) => person === id)?.name ?? id
  itemOf = (id: string) => items.find(({ _id }) => _id === id)

  async run(body: EventBody): Promise<Result<MeetingEvent, Refusal>> {
    return success(this.tell(body, this.#author))
  }

  /** Something that somebody else writes. */
  tell(body: EventBody, author: Author): MeetingEvent {
    const event = eventAt(Math.round(this.tick), this.#count++, body, author)
    this.#insert([event])
    return event
  }

  #insert(events: readonly MeetingEvent[]): void {
    this.#log.insert(events)
    this.#state = this.#log.state
    this.#events = this.#log.events.map((event) => ({ event, pending: false }))
  }
}

const liveOf = (room: TestRoom): LiveMeeting => ({
  phase: 'ready',
  get state() {
    return room.state
  },
  get events() {
    return room.events
  },
  now: () => room.tick,
  write: (body) => room.run(body),
  castBallot: () => Promise.reject(new Error('no ballots here')),
  verify: async () => ({ events: room.events.length, chains: 4, digest: '7f'.repeat(32), faults: [] }),
})
