import type { LoggedEvent } from '../../data/contract.ts'
import type { ItemState, MeetingState, Speech, Vote } from '../../../shared/rules/meeting/state.ts'

/** Whether a person takes part now, and how. */
export type Standing =
  | { readonly kind: 'no-seat' }
  | { readonly kind: 'away' }
  | { readonly kind: 'here'; readonly mode: 'room' | 'remote'; readonly cutOff: boolean }

export function standingOf({ constitution, attendance }: MeetingState, person: string | null): Standing {
  if (person === null || !constitution?.seats.some((seat) => seat.person === person)) return { kind: 'no-seat' }
  const entry = attendance.get(person)
  return entry?.here ? { kind: 'here', mode: entry.mode, cutOff: entry.cutOff } : { kind: 'away' }
}

export const currentItem = ({ agenda, current }: MeetingState): ItemState | undefined =>
  agenda.find(({ item }) => item === current)

/** Whether a conflict of interest keeps the person out of an item, without one of the item that is open. */
export const isKeptOut = (state: MeetingState, person: string | null, item = currentItem(state)): boolean =>
  item?.conflicts.some((conflict) => conflict.person === person) ?? false

/** The person's own requests that wait or are being heard, the oldest first; nobody is heard on an item that is over. */
export const mySpeeches = ({ speeches, agenda }: MeetingState, person: string | null): Speech[] => {
  const over = new Set(agenda.flatMap(({ item, status }) => (status === 'waiting' || status === 'open' ? [] : [item])))
  return [...speeches.values()]
    .filter(({ speaker, status }) => 'person' in speaker && speaker.person === person && isLive(status))
    .filter(({ item }) => item === null || !over.has(item))
    .sort((a, b) => a.requested - b.requested)
}

const isLive = (status: Speech['status']): boolean =>
  status === 'waiting' || status === 'speaking' || status === 'paused'

/** Votes that wait for the person's ballot from a device. */
export const votesFor = ({ votes }: MeetingState, person: string | null): Vote[] =>
  [...votes.values()].filter(
    ({ status, mode, entitled }) =>
      status === 'open' && mode === 'devices' && person !== null && entitled.includes(person),
  )

/** Votes that are on or over, for everybody to look at, the newest first. */
export const votesToShow = ({ votes }: MeetingState): Vote[] =>
  [...votes.values()].filter(({ status }) => status !== 'cancelled').sort((a, b) => b.opened - a.opened)

/** Items that somebody can still declare a conflict of interest for. */
export const itemsAhead = ({ agenda }: MeetingState, person: string | null): ItemState[] =>
  agenda.filter(
    ({ status, conflicts }) =>
      (status === 'waiting' || status === 'open' || status === 'deferred') &&
      !conflicts.some((conflict) => conflict.person === person),
  )

/** Declarations of a conflict of interest that hold and that the person made: each may be taken back by its event. */
export const ownDeclarations = (
  { agenda }: MeetingState,
  events: readonly LoggedEvent[],
  person: string,
): { readonly item: string; readonly event: string }[] =>
  agenda
    .filter(({ conflicts }) => conflicts.some((conflict) => conflict.person === person))
    .flatMap(({ item }) => {
      const declared = events.findLast(
        ({ event: { author, body }, refusal }) =>
          !refusal &&
          author.person === person &&
          body.kind === 'conflict-declared' &&
          body.person === person &&
          body.item === item,
      )
      return declared ? [{ item, event: declared.event._id }] : []
    })

/** Why somebody cannot ask for the floor now; `list-closed` leaves points of order. */
export type SpeakingBar = 'no-seat' | 'not-open' | 'kept-out' | 'away' | 'list-closed'

export function speakingBar(state: MeetingState, person: string | null): SpeakingBar | undefined {
  const standing = standingOf(state, person)
  if (standing.kind === 'no-seat') return 'no-seat'
  if (state.phase !== 'open') return 'not-open'
  if (isKeptOut(state, person)) return 'kept-out'
  if (standing.kind === 'away') return 'away'
  return (currentItem(state) ?? state.openFloor).speakersClosed ? 'list-closed' : undefined
}
