import type { Speaker } from '../../../shared/council/events/speech.ts'
import { seatOf, type MeetingState, type Speech } from '../../../shared/rules/meeting/state.ts'
import { speakerOrder } from '../../../shared/rules/speaker-order.ts'
import { rulesOf } from '../room/index.ts'

/** The list of speakers of an item, or of the open floor where the item is null. */
export interface SpeakerBoard {
  /** Who has the floor, whatever it is about. */
  readonly speaking: Speech | undefined
  /** Interrupted by a question, an intervention or a point of order; the last interrupted first. */
  readonly interrupted: readonly Speech[]
  /** In the order in which they get the floor. */
  readonly waiting: readonly Speech[]
  /** Asked to speak outside of items, while an item is open; in the order of their list. */
  readonly general: readonly Speech[]
  /** Who gets the floor next, of both lists. */
  readonly next: Speech | undefined
  readonly done: readonly Speech[]
  readonly closed: boolean
}

/** The board of an item as the log says it. */
export function speakerBoard(state: MeetingState, item: string | null): SpeakerBoard {
  const [speaking, ...interrupted] = state.floor.flatMap((id) => state.speeches.get(id) ?? [])
  const list = item === null ? state.openFloor : state.agenda.find((entry) => entry.item === item)
  const done = [...state.speeches.values()].filter((speech) => speech.item === item && speech.status === 'done')
  const waiting = waitingOn(state, item)
  const general = item === null ? [] : waitingOn(state, null)
  return {
    speaking,
    interrupted,
    waiting,
    general,
    next: general.find(({ form }) => form === 'point-of-order') ?? waiting[0] ?? general[0],
    done: done.sort((a, b) => endOf(a) - endOf(b)),
    closed: list?.speakersClosed ?? false,
  }
}

const waitingOn = (state: MeetingState, item: string | null): Speech[] =>
  speakerOrder(state, rulesOf(state), item).flatMap((id) => state.speeches.get(id) ?? [])

const endOf = (speech: Speech): number => speech.spans.at(-1)?.to ?? speech.requested

/** The order after one request went to another place. */
export function moved(waiting: readonly Speech[], from: number, to: number): string[] {
  const order = waiting.map(({ speech }) => speech)
  const [taken] = order.splice(from, 1)
  if (taken !== undefined) order.splice(Math.max(0, to), 0, taken)
  return order
}

/** Faction of a speaker; undefined for guests and members without one. */
export const factionOf = (state: MeetingState, speaker: Speaker): string | undefined =>
  'person' in speaker ? seatOf(state, speaker.person)?.faction : undefined

/** Name of a faction as the meeting was prepared; undefined when there is none. */
export const factionName = (state: MeetingState, faction: string | undefined): string | undefined =>
  state.constitution?.factions.find(({ organization }) => organization === faction)?.name
