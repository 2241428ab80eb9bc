import { createSubscriber } from 'svelte/reactivity'
import type { Seat } from '../../../shared/council/events/constitution.ts'
import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { AgendaItem, Meeting } from '../../../shared/oparl/index.ts'
import type { Result } from '../../../shared/result.ts'
import type { Principal, Refusal } from '../../../shared/rules/access.ts'
import { seatOf, type MeetingState } from '../../../shared/rules/meeting/state.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import { principalOf } from '../../data/context.ts'
import type { Data, LiveMeeting, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related, stateOf } from '../../data/related.svelte.ts'

type RoomData = Pick<Data, 'select' | 'meeting' | 'session'>

/** Milliseconds between ticks of the clock on screen. */
const tick = 1000

/**
 * One meeting as the screens of its room see it: the log's state, joined with the names that the log does not hold.
 * Whoever may not read an item finds no name for it here either.
 */
export class MeetingRoom {
  readonly id: string
  readonly live: LiveMeeting
  readonly #data: RoomData
  readonly #meetings: LiveQuery<'meeting'>
  readonly #items: LiveQuery<'agenda-item'>
  readonly #persons: Related<'person'>
  readonly #itemsById = $derived.by(() => new Map(recordsOf(this.#items).map((item) => [item._id, item])))
  readonly #numbers = $derived.by(() => numberAgenda(recordsOf(this.#items)))
  readonly #seats = $derived.by(
    () => new Map((this.state.constitution?.seats ?? []).map((seat) => [seat.person, seat])),
  )
  readonly #everySecond = createSubscriber((update) => {
    const timer = setInterval(update, tick)
    return () => clearInterval(timer)
  })

  constructor(data: RoomData, id: string) {
    this.id = id
    this.#data = data
    this.live = data.meeting(id)
    this.#meetings = data.select({ type: 'meeting', ids: [id] })
    this.#items = data.select({ type: 'agenda-item', where: { meeting: id } })
    this.#persons = new Related(data, 'person', () => [...this.#strangers])
  }

  /** Whether everything is here that this device has. */
  get phase(): 'loading' | 'ready' | 'failed' {
    const records = stateOf(this.#meetings, this.#items)
    if (this.live.phase === 'failed' || records === 'failed') return 'failed'
    return this.live.phase === 'loading' ? 'loading' : records
  }

  get state(): MeetingState {
    return this.live.state
  }

  get meeting(): Meeting | undefined {
    return recordsOf(this.#meetings)[0]
  }

  /** The agenda as its records stand, which the log may have reordered since. */
  get items(): AgendaItem[] {
    return sortAgenda(recordsOf(this.#items))
  }

  /** The record of an item; undefined where this device may not read it or does not have it yet. */
  item(id: string | null | undefined): AgendaItem | undefined {
    return id == null ? undefined : this.#itemsById.get(id)
  }

  itemName(id: string | null | undefined): string | undefined {
    return this.item(id)?.name
  }

  /** The number under which the invitation lists an item. */
  itemNumber(id: string | null | undefined): number | undefined {
    return id == null ? undefined : this.#numbers.get(id)
  }

  /** The item that is open. */
  get currentItem(): AgendaItem | undefined {
    return this.item(this.state.current)
  }

  seat(person: string | null | undefined): Seat | undefined {
    return person == null ? undefined : this.#seats.get(person)
  }

  /** As the roster calls somebody, else as the register does. */
  personName(id: string | null | undefined): string | undefined {
    return this.seat(id)?.name ?? this.#persons.get(id ?? undefined)?.name
  }

  factionName(id: string | null | undefined): string | undefined {
    return this.state.constitution?.factions.find(({ organization }) => organization === id)?.name
  }

  get principal(): Principal {
    return principalOf(this.#data)
  }

  /** The person who uses this device. */
  get me(): string | null {
    return this.principal.person
  }

  get mySeat(): Seat | undefined {
    return this.me === null ? undefined : seatOf(this.state, this.me)
  }

  /** Whether whoever uses this device may freeze the constitution. */
  get mayPrepare(): boolean {
    return this.principal.roles.some((role) => role === 'chair' || role === 'clerk' || role === 'administrator')
  }

  /** Whether they run the meeting: by role, or as one of those who preside over it. */
  get mayPreside(): boolean {
    const { person } = this.principal
    return this.mayPrepare || (person !== null && (this.state.constitution?.presidents.includes(person) ?? false))
  }

  /** Milliseconds since 1970; changes once a second for as long as somebody reads it in an effect or a template. */
  get now(): number {
    this.#everySecond()
    return this.live.now()
  }

  write = (body: EventBody): Promise<Result<MeetingEvent, Refusal>> => this.live.write(body)

  /** Persons that the log names and the roster does not. */
  get #strangers(): Set<string> {
    const { attendance, presiding } = this.state
    const authors = this.live.events.map(({ event }) => event.author.person)
    const named = new Set([...attendance.keys(), presiding, ...authors])
    return new Set([...named].filter((person) => person != null && !this.#seats.has(person)) as string[])
  }
}
