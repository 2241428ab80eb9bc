import { seatOf, type MeetingState, type Span } from '../../meeting/state.ts'
import { staysIn } from '../allowance/stays.ts'

/** What one member did in a meeting while the public was in. Times are milliseconds. */
export interface MemberFigures {
  readonly person: string
  readonly name: string
  readonly faction?: string
  readonly attended: boolean
  /** Was there, and never in the room. */
  readonly remotely: boolean
  readonly present: number
  readonly speeches: number
  readonly spoken: number
}

/** Numbers of a meeting that is over, of which everybody could have counted each. */
export interface MeetingFigures {
  readonly members: readonly MemberFigures[]
  readonly votes: { readonly accepted: number; readonly rejected: number; readonly unanimous: number }
}

const lasted = ({ from, to = from }: Span): number => to - from

/** What of some times lies within others. */
const within = (spans: readonly Span[], frames: readonly Span[]): number =>
  spans
    .flatMap(({ from, to = from }) =>
      frames.map((frame) => ({ from: Math.max(from, frame.from), to: Math.min(to, frame.to ?? frame.from) })),
    )
    .filter(({ from, to }) => to > from)
    .reduce((sum, span) => sum + lasted(span), 0)

/**
 * Counts what happened in public, and nothing else: neither votes and speeches behind closed doors, or about what not
 * everybody may read, nor who was there meanwhile.
 *
 * @param isShown whether everybody may read an agenda item in full
 */
export function figuresOf(state: MeetingState, isShown: (item: string) => boolean): MeetingFigures {
  const end = state.closed ?? state.opened
  const open = state.parts.filter((part) => part.public).map(({ from, to = end ?? from }) => ({ from, to }))
  const shown = new Set(state.agenda.filter((entry) => entry.public && isShown(entry.item)).map(({ item }) => item))
  const isOpen = (item: string | null): boolean => item === null || shown.has(item)
  const members = (state.constitution?.seats ?? []).map((seat) => memberFigures(state, seat.person, open, isOpen))
  const votes = [...state.votes.values()].filter(
    ({ inPublic, status, item, subject }) =>
      inPublic && status === 'decided' && subject !== 'publicity' && isOpen(item),
  )
  const outcomes = votes.map(({ finding }) => finding?.outcome)
  const isUnanimous = ({ tally }: (typeof votes)[number]): boolean =>
    tally !== undefined && tally.yes > 0 && tally.no === 0 && tally.abstain === 0 && tally.invalid === 0
  return {
    members,
    votes: {
      accepted: outcomes.filter((outcome) => outcome === 'accepted').length,
      rejected: outcomes.filter((outcome) => outcome === 'rejected').length,
      unanimous: votes.filter(isUnanimous).length,
    },
  }
}

function memberFigures(
  state: MeetingState,
  person: string,
  open: readonly Span[],
  isOpen: (item: string | null) => boolean,
): MemberFigures {
  const seat = seatOf(state, person)
  const faction = state.constitution?.factions.find(({ organization }) => organization === seat?.faction)?.name
  const attendance = state.attendance.get(person)
  const stays = (attendance ? staysIn(state, attendance) : []).filter((stay) => within([stay], open) > 0)
  const speeches = [...state.speeches.values()].filter(
    ({ speaker, form, item }) => form === 'speech' && 'person' in speaker && speaker.person === person && isOpen(item),
  )
  const spoken = speeches.map(({ spans }) => within(spans, open)).filter((time) => time > 0)
  return {
    ...{ person, name: seat?.name ?? '', ...(faction === undefined ? {} : { faction }) },
    attended: stays.length > 0,
    remotely: stays.length > 0 && stays.every(({ mode }) => mode === 'remote'),
    present: within(stays, open),
    speeches: spoken.length,
    spoken: spoken.reduce((sum, time) => sum + time, 0),
  }
}
