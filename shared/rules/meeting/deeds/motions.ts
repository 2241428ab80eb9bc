import type { Author, DeedOf } from '../../../council/meeting-event.ts'
import type { MeetingState } from '../state.ts'
import { byPresidents, fromPrepared, presides, type DeedRules, type Judgement, type Moment } from './deed-rule.ts'
import { itemOf, seatsOf, type Draft } from './draft.ts'

/** Members put what is their own or their faction's; what several put together, the chair enters. */
function movesAlone(state: MeetingState, author: Author, { persons, faction }: DeedOf<'motion-put'>): Judgement {
  if (presides(state, author)) return undefined
  const seat = author.person === null ? undefined : seatsOf(state).get(author.person)
  if (!seat) return 'not-allowed'
  if (persons.length === 0 && faction === undefined) return 'not-allowed'
  if (persons.some((person) => person !== seat.person)) return 'not-yours'
  return faction === undefined || faction === seat.faction ? undefined : 'not-yours'
}

/** Whoever put a motion takes it back: one of its movers, or, where none is named, a member of its faction. */
function mayWithdraw(state: MeetingState, author: Author, { motion }: DeedOf<'motion-withdrawn'>): Judgement {
  if (presides(state, author)) return undefined
  const seat = author.person === null ? undefined : seatsOf(state).get(author.person)
  const put = state.motions.get(motion)
  if (!seat) return 'not-allowed'
  if (!put) return 'unknown'
  if (put.persons.includes(seat.person)) return undefined
  return put.persons.length === 0 && put.faction !== undefined && put.faction === seat.faction ? undefined : 'not-yours'
}

function putMotion(draft: Draft, deed: DeedOf<'motion-put'>, { at, late }: Moment): Judgement {
  const { state } = draft
  const { motion, item, form, persons, faction, title, text, changes } = deed
  if (state.motions.has(motion)) return 'exists-already'
  const entry = itemOf(state, item)
  const seats = seatsOf(state)
  if (!entry || !persons.every((person) => seats.has(person))) return 'unknown'
  if (faction !== undefined && !state.constitution?.factions.some(({ organization }) => organization === faction))
    return 'unknown'
  if (entry.status === 'done' || entry.status === 'withdrawn') return 'not-open'
  const keptOut = (person: string): boolean =>
    entry.conflicts.some((conflict) => conflict.person === person) || state.attendance.get(person)?.excluded === true
  if (persons.some(keptOut)) return 'not-entitled'
  draft.put('motions', motion, {
    motion,
    item,
    form,
    persons,
    ...(faction === undefined ? {} : { faction }),
    title,
    ...(text === undefined ? {} : { text }),
    ...(changes === undefined ? {} : { changes }),
    put: at,
    late,
    status: 'open',
  })
  return undefined
}

/** What is proposed, and in which order it is voted on. */
export const motionRules: DeedRules<'motion-put' | 'motion-withdrawn' | 'motions-ordered'> = {
  'motion-put': { phases: fromPrepared, may: movesAlone, effect: putMotion },
  'motion-withdrawn': {
    phases: fromPrepared,
    may: mayWithdraw,
    effect: (draft, { motion }) => {
      const { motions, votes } = draft.state
      const before = motions.get(motion)
      if (!before) return 'unknown'
      const underVote = [...votes.values()].some(
        (vote) => vote.motion === motion && (vote.status === 'open' || vote.status === 'counting'),
      )
      if (before.status !== 'open' || underVote) return 'no-effect'
      draft.put('motions', motion, { ...before, status: 'withdrawn' })
      return undefined
    },
  },
  'motions-ordered': {
    phases: fromPrepared,
    may: byPresidents,
    effect: (draft, { item, order }) => {
      const { state } = draft
      const named = [...new Set(order)]
      if (!itemOf(state, item) || named.some((id) => state.motions.get(id)?.item !== item)) return 'unknown'
      const before = state.motionOrder.get(item) ?? []
      if (named.length === before.length && named.every((id, place) => before[place] === id)) return 'no-effect'
      draft.put('motionOrder', item, named)
      return undefined
    },
  },
}
