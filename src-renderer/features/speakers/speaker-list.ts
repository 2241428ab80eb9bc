import type { Speaker } from '../../../shared/council/events/speech.ts'
import { seatOf, type MeetingState, type Speech } from '../../../shared/rules/meeting/state.ts'

/** The list of speakers of an item, or of the open floor where the item is null. */
export interface SpeakerBoard {
  /** Who has the floor. */
  readonly speaking: Speech | undefined
  /** Interrupted by a question, an intervention or a point of order; the last interrupted first. */
  readonly interrupted: readonly Speech[]
  /** In the order in which they get the floor. */
  readonly waiting: readonly Speech[]
  readonly done: readonly Speech[]
  readonly closed: boolean
}

/** Points of order go before every speech, then what belongs to the speech that runs. */
const precedence = { 'point-of-order': 0, question: 1, intervention: 1, reply: 1, speech: 2 } as const

export const precedenceOf = (speech: Pick<Speech, 'form'>): number => precedence[speech.form]

/** The board of an item as the log says it. */
export function speakerBoard(state: MeetingState, item: string | null): SpeakerBoard {
  const ofItem = [...state.speeches.values()].filter((speech) => speech.item === item)
  const [first, ...behind] = state.floor.flatMap((id) => state.speeches.get(id) ?? [])
  const floor = item === null ? state.openFloor : state.agenda.find((entry) => entry.item === item)
  return {
    speaking: first,
    interrupted: behind,
    waiting: inOrder(
      ofItem.filter(({ status }) => status === 'waiting'),
      floor?.order ?? [],
    ),
    done: ofItem.filter(({ status }) => status === 'done').sort((a, b) => endOf(a) - endOf(b)),
    closed: floor?.speakersClosed ?? false,
  }
}

const endOf = (speech: Speech): number => speech.spans.at(-1)?.to ?? speech.requested

/** Those whom the chair's order names first, the rest as requested; forms with precedence stand before all. */
function inOrder(waiting: readonly Speech[], order: readonly string[]): Speech[] {
  const place = new Map(order.map((id, index) => [id, index]))
  const rank = ({ speech }: Speech): number => place.get(speech) ?? order.length
  return [...waiting].sort(
    (a, b) => precedenceOf(a) - precedenceOf(b) || rank(a) - rank(b) || a.requested - b.requested,
  )
}

/** The order after one request went to another place; what has precedence stays before what has not. */
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
